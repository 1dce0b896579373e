package dev.midge.differential;

import java.util.List;
import java.util.stream.Stream;

/** Every command line that both tools have to run. */
final class Battery {
  private Battery() {}

  static List<Case> all() {
    return Stream.of(
            UsageCases.all(),
            ConnectCases.all(),
            PublishCases.all(),
            SubscribeCases.all(),
            SessionCases.all(),
            FormatCases.all(),
            RequestCases.all())
        .flatMap(List::stream)
        .toList();
  }
}

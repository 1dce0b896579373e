package dev.midge.cli.help;

import static java.util.stream.Collectors.joining;

/** docs/statuses.md, out of the table of exit statuses. */
final class StatusesDocument {
  private static final String HEAD =
      """
      # Exit statuses

      Made from the table in `dev.midge.cli.help.ExitStatuses`, as are the lists in the manual pages; do not edit.

      The exit status tells a script how a command ended. Statuses up to 25, and 27, are those of mosquitto's clients; 50 to 53 are
      midge's own. Statuses from 128 on are reason codes of MQTT 5, such as 135, "Not authorized" in CONNACK, but for the ends by a
      signal and 255. When the reader of standard output has gone, the status is 0 and not 141, since midge ignores SIGPIPE.

      | status | commands | when |
      |---|---|---|
      """;

  private StatusesDocument() {}

  static String render() {
    return ExitStatuses.rows().stream()
        .map(
            row ->
                "| %s | %s | %s |\n"
                    .formatted(
                        row.status(),
                        row.commands().stream()
                            .map(word -> "`" + word + "`")
                            .collect(joining(", ")),
                        row.meaning()))
        .collect(joining("", HEAD, ""));
  }
}

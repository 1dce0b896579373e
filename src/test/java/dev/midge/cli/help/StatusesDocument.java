package dev.midge.cli.help;

import static java.util.stream.Collectors.joining;

/** docs/statuses.md, out of the table of exit statuses. */
final class StatusesDocument {
  private static final String HEAD =
      """
      # Exit statuses

      Made from the table in `dev.midge.cli.help.ExitStatuses`, as are the lists in the manual pages; do not edit.

      A script can tell by the status what has become of a command. Up to 25 they are those of mosquitto's clients, and so is 27;
      from 50 on they are midge's own. Reason codes of MQTT 5 are 128 and more: 135 is "Not authorized", in CONNACK.
      When the reader of standard output has gone, the status is 0 and not 141, as SIGPIPE is ignored.

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

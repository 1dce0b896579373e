package dev.midge.broker.config.file;

import java.util.List;

/** The keys of the log. */
final class LogKeys {
  private LogKeys() {}

  static List<Key> all() {
    return List.of(
        Key.broker(
                "log_dest",
                ValueKind.text()
                    .said("`stderr`, `stdout`, `file` and its name, `none`; may be repeated"),
                "`stderr`",
                "The places that log lines go to.",
                (draft, words) -> draft.log.addDestination("log_dest", words))
            .onReload(),
        Key.broker(
                "log_type",
                ValueKind.text()
                    .said(
                        "`error`, `warning`, `notice`, `information`, `debug`, `subscribe`,"
                            + " `unsubscribe`, `websockets`, `internal`, `all`, `none`; may be"
                            + " repeated"),
                "the first four",
                "The types of lines that are logged.",
                (draft, words) -> draft.log.addType("log_type", ValueKind.firstWord(words)))
            .onReload(),
        Key.broker(
                "log_timestamp",
                ValueKind.flag(),
                "`true`",
                "Put the time before each line.",
                (draft, yes) -> draft.log.timestamp = yes)
            .onReload(),
        Key.broker(
                "log_timestamp_format",
                ValueKind.text().said("as strftime reads it"),
                "seconds since 1970",
                "The form of the time.",
                (draft, format) -> draft.log.timestampFormat = format)
            .onReload()
            .once(),
        Key.broker(
                "connection_messages",
                ValueKind.flag(),
                "`true`",
                "Log clients that connect and disconnect.",
                (draft, yes) -> draft.log.connectionMessages = yes)
            .onReload());
  }
}

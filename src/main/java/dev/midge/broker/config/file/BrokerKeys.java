package dev.midge.broker.config.file;

import dev.midge.fault.Fault;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import dev.midge.text.TerminalEscapes;
import java.util.List;

/** The keys of what is kept over a restart, of {@code $SYS}, of the process and of other files. */
final class BrokerKeys {
  private BrokerKeys() {}

  static List<Key> all() {
    return List.of(
        Key.broker(
                "persistence",
                ValueKind.flag(),
                "`false`",
                "Keep retained messages, sessions and their messages over a restart.",
                (draft, yes) -> draft.persistence.wanted = yes)
            .onReload(),
        Key.broker(
                "persistence_file",
                ValueKind.text().said("name"),
                "`mosquitto.db`",
                "The name of the file that they are kept in.",
                (draft, name) -> draft.persistence.file = name)
            .onReload()
            .once(),
        Key.broker(
                "persistence_location",
                ValueKind.file().said("folder"),
                "the working directory",
                "The folder of that file.",
                (draft, folder) -> draft.persistence.location = folder)
            .onReload()
            .once(),
        Key.broker(
                "autosave_interval",
                ValueKind.count().said("seconds, 0 or more"),
                "1800",
                "The time between two saves, or the number of changes; 0 for saves at the end only.",
                (draft, seconds) -> draft.persistence.autosaveInterval = seconds)
            .onReload(),
        Key.broker(
                "autosave_on_changes",
                ValueKind.flag(),
                "`false`",
                "Have `autosave_interval` count changes.",
                (draft, yes) -> draft.persistence.autosaveOnChanges = yes)
            .onReload(),
        Key.broker(
                "sys_interval",
                ValueKind.number(0, 65535, BadValue.INVALID).said("seconds, 0 to 65535"),
                "10",
                "The time between two publications of the counters under `$SYS`; 0 for none.",
                (draft, seconds) -> draft.sysInterval = seconds)
            .onReload(),
        Key.broker(
            "set_tcp_nodelay",
            ValueKind.flag(),
            "`false`",
            "Without effect: midge collects what is ready, and sends it at once.",
            (draft, yes) -> {}),
        Key.broker(
                "pid_file",
                ValueKind.file(),
                "",
                "Holds the process identifier while the broker runs.",
                (draft, file) -> draft.pidFile = file)
            .once(),
        Key.broker(
            "fault",
            faults(),
            "none",
            "Spoil connections on purpose, as `midge broker --fault` does; may be given several times."
                + " mosquitto has no such key.",
            (draft, fault) -> draft.faults.add(fault)),
        Key.broker(
            "include_dir",
            ValueKind.file().said("folder"),
            "",
            "Read the `*.conf` of a folder in the order of their names, as if they stood here; in the"
                + " main file only.",
            (draft, folder) -> draft.include = folder));
  }

  private static ValueKind<Fault> faults() {
    return ValueKind.of(
        "EFFECT@MOMENT ... as in docs/faults.md",
        (key, value) -> {
          try {
            return FaultParser.parse(value, FaultSide.BROKER);
          } catch (FaultSyntaxException e) {
            throw new BadValue("Error: " + TerminalEscapes.forLog(String.valueOf(e.getMessage())));
          }
        });
  }
}

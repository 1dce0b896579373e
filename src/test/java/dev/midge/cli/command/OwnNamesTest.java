package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.parse.Option;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The names of options that mosquitto lacks are marked where the options are defined. */
class OwnNamesTest {
  private static final List<String> SHARED = List.of("pub", "sub", "rr", "broker");

  private static final ProcessContext CONTEXT =
      new ProcessContext(null, null, null, null, null, false, false, null, null);

  private static final Set<String> OWN =
      Set.of(
          "--bind-address",
          "--session-expiry-interval",
          "--max-inflight",
          "--count",
          "--timeout",
          "--format",
          "--no-newline",
          "--ignore-retained",
          "--end-after-suback",
          "--response-topic",
          "--options-file",
          "--fault",
          "--fault-seed",
          "--fault-log",
          "--then",
          "--disconnect-reason",
          "--json",
          "--color",
          "--time",
          "--password",
          "--ask-password",
          "--pw-file",
          "--pw-command",
          "--context",
          "--connect-timeout",
          "--engine",
          "--strict",
          "--from-json",
          "--replay",
          "--speed",
          "--filter",
          "--to-topic",
          "--topic-from-line",
          "-0",
          "--null",
          "--frame",
          "--template",
          "--topic-template",
          "--size",
          "--seed",
          "--rate",
          "--expect",
          "--none",
          "--within",
          "--ready-file",
          "--ready-fd",
          "--retained",
          "--retained-idle",
          "--barrier-topic",
          "--retry",
          "--retry-delay",
          "--retry-max",
          "--decode",
          "--encode",
          "--diff",
          "--schema",
          "--clients",
          "--connect-rate",
          "--exec",
          "--jobs",
          "--exec-timeout",
          "--serve",
          "--echo",
          "--reply",
          "--match",
          "--dry-run");

  /** The broker's own: mosquitto has nearly all of it in its configuration file alone. */
  private static final Set<String> BROKERS_OWN =
      Set.of(
          "--bind",
          "--ws",
          "--unix",
          "--max-packet-size",
          "--max-keepalive",
          "--persistence",
          "--cert",
          "--key",
          "--cafile",
          "--require-certificate",
          "--tls-test",
          "--user",
          "--password-file",
          "--acl",
          "--control",
          "--no-control",
          "--color",
          "--fault",
          "--fault-seed",
          "--fault-log");

  private static Set<String> own(String command) {
    if (command.equals("broker")) {
      return BROKERS_OWN;
    }
    Set<String> own = new TreeSet<>(OWN);
    if (command.equals("rr")) {
      own.add("-C"); // sub has it from mosquitto.
    }
    return own;
  }

  @Test
  void theseAreMarkedAndNoOthers() {
    for (List<String> commands : List.of(List.of("pub", "sub", "rr"), List.of("broker"))) {
      Set<String> marked = new TreeSet<>();
      Set<String> own = new TreeSet<>();
      for (String command : commands) {
        own.addAll(own(command));
        for (Option option : Commands.table(command, CONTEXT).options()) {
          int first = option.names().length - option.ownNames();
          List<String> names = List.of(option.names());
          assertThat(names.subList(0, first)).doesNotContainAnyElementsOf(own(command));
          assertThat(own(command)).containsAll(names.subList(first, names.size()));
          marked.addAll(names.subList(first, names.size()));
        }
      }

      assertThat(marked).isEqualTo(own);
    }
  }

  @Test
  void theTableOfMosquittosNamesHasAllTheOthers() {
    for (String command : SHARED) {
      Set<String> all = names(command, false);
      all.removeAll(own(command));

      assertThat(names(command, true)).isEqualTo(all);
    }
  }

  private static Set<String> names(String command, boolean withoutOwn) {
    var table = Commands.table(command, CONTEXT);
    Set<String> names = new TreeSet<>();
    for (Option option : (withoutOwn ? table.withoutOwnNames() : table).options()) {
      names.addAll(Arrays.asList(option.names()));
    }
    return names;
  }
}

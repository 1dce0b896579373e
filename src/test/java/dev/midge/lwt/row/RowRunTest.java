package dev.midge.lwt.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.lwt.peer.Target;
import dev.midge.lwt.peer.Watchdog;
import dev.midge.lwt.peer.Watcher;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The names of a row in play. */
class RowRunTest {
  private static final int LARGEST_NUMBER = (1 << 28) - 1;

  private final Watchdog watchdog = new Watchdog();

  @AfterEach
  void stop() {
    watchdog.close();
  }

  private RowRun run(String row, int pass) {
    Target target =
        new Target(
            new Endpoint("127.0.0.1", 1883, null),
            ProtocolVersion.V5,
            null,
            null,
            "drill/",
            Duration.ofSeconds(1),
            null);
    DrillContext context =
        new DrillContext(
            target, new Watcher(), watchdog, LARGEST_NUMBER, Duration.ofSeconds(1), null);
    return new RowRun(row, context, pass, DrillListener.NONE.forRow(null));
  }

  @Test
  void eachPassHasTopicsAndClientIdsOfItsOwn() {
    Set<String> topics = new HashSet<>();
    Set<String> clientIds = new HashSet<>();
    for (int pass = 1; pass <= 3; pass++) {
      topics.add(run("takeover", pass).topic());
      clientIds.add(run("takeover", pass).clientId("v"));
    }

    assertThat(topics).hasSize(3);
    assertThat(clientIds).hasSize(3);
  }

  @Test
  void clientIdsAreShortLettersAndDigitsWithTheWholeRole() {
    assertThat(run("takeover-clean-start", 2).clientId("s20"))
        .matches("[a-z0-9]{23}")
        .endsWith("s20");
  }
}

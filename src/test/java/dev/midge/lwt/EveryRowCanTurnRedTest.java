package dev.midge.lwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.EngineKind;
import dev.midge.lwt.peer.Target;
import dev.midge.lwt.peer.TracedPacket;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;
import dev.midge.lwt.rows.DrillRows;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.TlsSpec;
import dev.midge.testing.SelfSigned;
import dev.midge.testing.Slow;
import dev.midge.testing.willbroker.Behaviour;
import dev.midge.testing.willbroker.Breach;
import dev.midge.testing.willbroker.Door;
import dev.midge.testing.willbroker.WillBroker;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The drill is red for a broker that breaks a rule, in the row that states the rule and in no other
 * one; and it is green for one that keeps them all.
 */
@Slow("plays the drill once for each broken broker")
class EveryRowCanTurnRedTest {
  /** Drills mostly wait: several at once take little longer than one. */
  private static final int AT_ONCE = 8;

  /** Long enough for what comes four seconds late, as the breaches about lateness have it. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private static SelfSigned self;

  @BeforeAll
  static void makeCertificate(@TempDir Path directory) throws Exception {
    self = SelfSigned.in(directory);
  }

  @Test
  void everyRowHasABreach() {
    Set<String> breached = new TreeSet<>();
    Breach.withoutNetwork().stream().forEach(breach -> breached.add(breach.row()));
    Set<String> rows = new TreeSet<>();
    DrillRows.all().forEach(row -> rows.add(row.id()));
    assertThat(breached).isEqualTo(rows);
  }

  @TestFactory
  @Timeout(900)
  Stream<DynamicTest> onlyTheRowsOfABrokenRuleTurnRed() throws Exception {
    return together(
        Breach.withoutNetwork(),
        breach -> breach.name(),
        breach -> judge(breach, null, rows(breach)));
  }

  /** The row alone: the test above shows that the others stay as they are. */
  @TestFactory
  @Timeout(900)
  Stream<DynamicTest> aRowThatPahoPlaysTurnsRedToo() throws Exception {
    return together(
        Breach.withoutNetwork().stream()
            .filter(breach -> !Drills.rows(breach.row()).get(0).byPackets())
            .toList(),
        breach -> breach.name(),
        breach -> {
          DrillResult result = judge(breach, EngineKind.PAHO, breach.row());
          assertThat(result.rows().get(0).trace())
              .extracting(TracedPacket::text)
              .anyMatch(text -> text.contains("paho"));
        });
  }

  private static DrillResult judge(Breach breach, EngineKind engine, String... rows)
      throws Exception {
    try (WillBroker broker = WillBroker.start(Behaviour.breaking(breach), door(breach))) {
      DrillResult result =
          Drills.run(
              Drills.target(endpoint(breach, broker.port()), ProtocolVersion.V5, engine),
              PATIENCE,
              rows);

      Map<String, String> complaints = Drills.complaints(result);
      Set<String> allowed = new TreeSet<>(breach.alsoBreaks());
      allowed.add(breach.row());
      assertThat(complaints).containsKey(breach.row());
      assertThat(complaints.keySet()).as("%s", complaints).isSubsetOf(allowed);
      assertThat(result.lost()).isNull();
      assertThat(result.leftBehind()).isEmpty();
      assertThat(complaints.get(breach.row())).startsWith(verdict(breach).word());
      for (RowResult row : result.rows()) {
        if (row.verdict() == Verdict.FAILED) {
          assertThat(row.control()).as(row.row().id()).isEqualTo(RowResult.Control.OK);
          assertThat(row.trace()).as(row.row().id()).isNotEmpty();
        }
      }
      return result;
    }
  }

  /**
   * All rows. The killed process needs a JVM of its own, and is played where the breach is about
   * such an end: elsewhere the row {@code close}, whose end is the same on the wire, stands for it.
   */
  private static String[] rows(Breach breach) {
    boolean kill = breach.row().equals("kill") || breach.alsoBreaks().contains("kill");
    return DrillRows.all().stream()
        .map(Row::id)
        .filter(id -> kill || !id.equals("kill"))
        .toArray(String[]::new);
  }

  private static Verdict verdict(Breach breach) {
    return switch (breach) {
      case FREEZE_EARLY -> Verdict.EARLY;
      case FREEZE_LATE, DELAY_LATE -> Verdict.LATE;
      // FREEZE_DOWNSTREAM_LATE: the messages do not end, so that the client is never cut.
      default -> Verdict.FAILED;
    };
  }

  /**
   * A version, and what speaks for the clients with wills.
   *
   * @param engine null for the drill's own packets
   */
  private record Way(ProtocolVersion version, EngineKind engine) {}

  @TestFactory
  @Timeout(300)
  Stream<DynamicTest> aBrokerThatKeepsEveryRuleIsGreen() throws Exception {
    List<Way> ways = new ArrayList<>();
    for (ProtocolVersion version : ProtocolVersion.values()) {
      ways.add(new Way(version, null));
      Arrays.stream(EngineKind.values()).forEach(engine -> ways.add(new Way(version, engine)));
    }
    return together(
        ways,
        way -> "MQTT " + way.version() + ", engine " + way.engine(),
        way -> {
          try (WillBroker broker = WillBroker.honest()) {
            Endpoint endpoint = new Endpoint("127.0.0.1", broker.port(), null);
            Target target = Drills.target(endpoint, way.version(), way.engine());
            DrillResult result = Drills.run(target, PATIENCE);
            Map<String, String> complaints = Drills.complaints(result);
            boolean isLate = complaints.getOrDefault("storm", "").startsWith("late");
            if (isLate && complaints.size() == 1) {
              // Hundreds of clients of eight drills at once: on a busy machine two seconds may be
              // few.
              complaints = Drills.complaints(Drills.run(target, PATIENCE, "storm"));
            }
            assertThat(complaints).isEmpty();
            assertThat(result.leftBehind()).isEmpty();
          }
        });
  }

  private static Door door(Breach breach) throws Exception {
    return switch (breach) {
      case TLS_CUT -> Door.tls(context());
      case WS_CLOSE -> Door.WEB_SOCKET;
      default -> Door.TCP;
    };
  }

  private static Endpoint endpoint(Breach breach, int port) {
    TlsSpec tls =
        new TlsSpec(
            self.certificate().toString(), null, false, null, null, null, null, null, null, false);
    return new Endpoint(
        breach == Breach.WS_CLOSE ? Transport.WEBSOCKET : Transport.TCP,
        "127.0.0.1",
        port,
        null,
        breach == Breach.TLS_CUT ? tls : null,
        null);
  }

  private static SSLContext context() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(self.store().toFile(), SelfSigned.WORD), SelfSigned.WORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private interface Judgement<T> {
    void on(T subject) throws Exception;
  }

  private interface Name<T> {
    String of(T subject);
  }

  /** One test for each subject; the work for several of them is done at once. */
  private static <T> Stream<DynamicTest> together(
      List<T> subjects, Name<T> name, Judgement<T> judgement) {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    List<DynamicTest> tests = new ArrayList<>();
    for (T subject : subjects) {
      Callable<Throwable> work =
          () -> {
            try {
              judgement.on(subject);
              return null;
            } catch (Throwable e) {
              return e;
            }
          };
      Future<Throwable> outcome = pool.submit(work);
      tests.add(
          DynamicTest.dynamicTest(
              name.of(subject),
              () -> {
                Throwable failure = outcome.get();
                if (failure != null) {
                  throw failure;
                }
              }));
    }
    pool.shutdown();
    return tests.stream();
  }
}

package dev.midge.peers.brokers;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.midge.testing.Installed;
import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A broker of somebody else's, by {@code src/truth/broker}, on a free port of the loopback. */
public final class RealBroker implements AutoCloseable {
  private static final Path STARTER = Path.of("src/truth/broker").toAbsolutePath();
  private static final int START_SECONDS = 90;
  private static final int MISSING = 3;

  private final Program starter;
  private final int port;
  private final String version;

  private RealBroker(Program starter, int port, String version) {
    this.starter = starter;
    this.port = port;
    this.version = version;
  }

  /**
   * Starts one that welcomes everybody and is otherwise as it comes. Without that broker the test
   * is skipped, but in CI that is a failure.
   *
   * @param name as {@code src/truth/broker} knows it: mosquitto, hivemq, moquette…
   */
  public static RealBroker start(String name) {
    Installed.require("python3");
    Program starter = Program.start(STARTER, name);
    Awaitility.await(name)
        .atMost(START_SECONDS, TimeUnit.SECONDS)
        .until(() -> starter.outText().endsWith("\n") || !starter.isAlive());
    if (!starter.outText().startsWith("ready ")) {
      refuse(starter.await());
    }
    String[] words = starter.outText().trim().split(" ");
    return new RealBroker(starter, Integer.parseInt(words[1]), words[2]);
  }

  private static void refuse(Program starter) {
    String why = starter.errText().trim();
    if (starter.status() == MISSING && !Needs.inCi()) {
      abort(why);
    }
    fail(why);
  }

  public int port() {
    return port;
  }

  public String version() {
    return version;
  }

  /** Ends the broker, and returns when all its processes are gone. */
  @Override
  public void close() {
    starter.input(new byte[0]);
    starter.await();
  }
}

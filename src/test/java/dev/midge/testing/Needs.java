package dev.midge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds what tests want of the machine. Without it a test is skipped, and the message says what is
 * wanted; where the environment has {@code CI=true} it fails, so that nothing is left out unseen.
 */
public final class Needs {
  private Needs() {}

  /** Tells whether tests run where everything has to be there. */
  public static boolean inCi() {
    return "true".equals(System.getenv("CI"));
  }

  /**
   * Requires something of the machine.
   *
   * @param what names it, such as "MQTT.js in target/npm"
   */
  public static void that(boolean there, String what) {
    String message = "this test needs " + what;
    if (inCi()) {
      assertThat(there).as(message).isTrue();
    }
    assumeTrue(there, message);
  }

  /** Requires a program in {@code PATH}. */
  public static void program(String name) {
    boolean there = false;
    for (String directory : System.getenv("PATH").split(":")) {
      there |= Files.isExecutable(Path.of(directory, name));
    }
    that(there, "the program " + name);
  }

  /**
   * Requires a file or directory of Debian, or of Linux.
   *
   * @param path is absolute
   */
  public static void file(String path) {
    that(Files.exists(Path.of(path)), path);
  }

  /** Requires the loopback address of IPv6. */
  public static void ipv6() {
    boolean there;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      there = socket.isBound();
    } catch (IOException e) {
      there = false;
    }
    that(there, "IPv6");
  }

  /** Requires the user to be root. */
  public static void root() {
    that("root".equals(System.getProperty("user.name")), "root");
  }
}

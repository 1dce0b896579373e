package dev.midge;

import dev.midge.cli.Surroundings;
import dev.midge.client.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs each command once, against a broker of its own, while the JVM notes which classes it loads:
 * a start-up archive is made of them. The launcher's script {@code archive} starts it; no user
 * does.
 */
public final class Rehearsal {
  private static final String HOST = "127.0.0.1";

  private Rehearsal() {}

  /**
   * Goes through the commands.
   *
   * @throws IllegalStateException when one of them fails: an archive of failures is worth nothing
   */
  public static void main(String[] args) throws Exception {
    Surroundings.ofProcess().clock().get(); // What comes before a command; below are others.
    StopSignal end = new StopSignal();
    AtomicInteger worst = new AtomicInteger();
    try (PipedInputStream announced = new PipedInputStream()) {
      PipedOutputStream out = new PipedOutputStream(announced);
      Thread broker =
          new Thread(
              () ->
                  worst.accumulateAndGet(
                      perform(null, "", out, end, "broker", "-p", "0"), Math::max));
      broker.start();
      String port = line(announced);
      worst.accumulateAndGet(commands(port), Math::max);
      end.request();
      broker.join();
    }
    if (worst.get() != 0) {
      throw new IllegalStateException("status " + worst.get());
    }
    Surroundings.ofProcess().stop().get(); // At the end: from now on a signal does not end us.
  }

  private static int commands(String port) {
    String clients = "mosquitto_";
    int worst = 0;
    for (String[] words :
        new String[][] {
          {null, "pub", "-t", "a", "-m", "x"},
          {null, "pub", "--topic=a", "-m", "x", "-q", "1", "-r"},
          {null, "pub", "-t", "a", "-q", "2", "-l"},
          {null, "pub", "-t", "a", "-q", "0", "-l"},
          {clients + "pub", "-t", "a", "-m", "x", "-q", "2"},
          {null, "sub", "-t", "a", "-C", "1", "-W", "9"},
          {null, "sub", "-t", "a", "-C", "1", "-W", "9", "-q", "1", "-F", "%I %t %x %j"},
          {clients + "sub", "-t", "a", "-C", "1", "-W", "9", "-v"},
          {null, "rr", "-t", "b", "-e", "a", "-m", "x", "-W", "9"},
          {clients + "rr", "-t", "b", "-e", "a", "-m", "x", "-W", "9"},
          {null, "pub", "--help"},
          {null, "--help"},
        }) {
      boolean atBroker = !words[words.length - 1].equals("--help");
      String[] line = new String[words.length - 1 + (atBroker ? 4 : 0)];
      System.arraycopy(words, 1, line, 0, words.length - 1);
      if (atBroker) {
        System.arraycopy(new String[] {"-h", HOST, "-p", port}, 0, line, words.length - 1, 4);
      }
      OutputStream nowhere = OutputStream.nullOutputStream();
      int status = perform(words[0], "1\n2\n3\n", nowhere, new StopSignal(), line);
      worst = Math.max(worst, status);
    }
    return worst;
  }

  private static int perform(
      String called, String in, OutputStream out, StopSignal stop, String... words) {
    return Midge.run(
        new Surroundings(
            called,
            new ByteArrayInputStream(in.getBytes(StandardCharsets.US_ASCII)),
            out,
            new PrintStream(OutputStream.nullOutputStream()),
            Map.of(),
            false,
            false,
            Clock::systemDefaultZone,
            () -> stop),
        words);
  }

  private static String line(InputStream in) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int next = in.read(); next > ' '; next = in.read()) {
      text.append((char) next);
    }
    return text.toString();
  }
}

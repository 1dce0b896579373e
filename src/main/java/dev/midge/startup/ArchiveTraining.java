package dev.midge.startup;

import dev.midge.Midge;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.CurrentProcess;
import dev.midge.cli.parse.RawArguments;
import dev.midge.client.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Plays a part while the JVM notes which classes it loads: a start-up archive is made of them, and
 * of nothing else, for a JVM from 25 on loads all that is in it. The launcher's script {@code
 * archive} starts it; no user does.
 */
public final class ArchiveTraining {
  private static final String HOST = "127.0.0.1";

  /** Messages, as they are sent most, words that are split, others for picocli, lines, and help. */
  private static final String[] PUB = {
    "pub -t a -m x",
    "pub -t a -m x -q 1 -r -i a -V 311",
    "mosquitto_pub -t a -m x -q 2",
    "pub -rt a -m x --qos=1 -D publish user-property a b",
    "pub -t=a -m x -D publish content-type x",
    "pub -t a -m x -d -V 31 --will-topic b --will-payload x",
    "pub -t a -q 2 -l",
    "pub -t a -q 0 -l",
    "pub --help",
    "--help",
  };

  /** Messages that are received, requests, and faults of any client. */
  private static final String[] REST = {
    "pub -t a -m x -r",
    "sub -t a -C 1 -W 9",
    "sub --topic=a -C 1 -W 9 -q 1 -F %I_%t_%x_%j",
    "mosquitto_sub -t a -C 1 -W 9 -v",
    "rr -t b -e a -m x -W 9",
    "mosquitto_rr -t b -e a -m x -W 9",
    "sub -t a -C 1 -W 9 --json",
    "sub -t a -C 1 -W 9 -d --will-topic b",
    "conn -i a --fault close@connected",
    "conn --json --will-topic b --will-payload x --fault close@connected",
    "sub -t a -C 1 -W 9 --fault delay:1ms",
    "pub -t a -m x -q 1 --fault reset@publish-out:1 --then reconnect:1ms",
    "pub -t a -m x --fault close",
  };

  /** CONNECT, SUBSCRIBE to {@code a}, PUBLISH to it, DISCONNECT; MQTT 3.1.1. */
  private static final String VISIT =
      "\20\15\0\4MQTT\4\2\0\0\0\1v" + "\202\6\0\1\0\1a\1" + "\62\6\0\1a\0\1x" + "\340\0";

  private ArchiveTraining() {}

  /**
   * Plays.
   *
   * @param args the part: {@code pub} or {@code rest}, with the port of a broker, or {@code
   *     broker}; {@code host} is the broker for the others, a process of its own: its classes are
   *     not theirs
   * @throws IllegalStateException when it fails: an archive of failures is worth nothing
   */
  public static void main(String[] args) throws Exception {
    Supplier<Clock> clock = CurrentProcess.context().clock(); // The commands below have other ones.
    if (!args[0].equals("pub")) {
      Object time = clock.get(); // About 100 classes of time zones, which few lines of pub need.
    }
    for (String name : CurrentProcess.context().environment().keySet()) {
      Objects.requireNonNull(name); // The commands below have none, and look through them all.
    }
    String[] words = RawArguments.ofProcess(args); // as Midge does, before there is a command
    switch (words[0]) {
      case "pub" -> clients(words[1], PUB);
      case "rest" -> clients(words[1], REST);
      case "broker" -> {
        broker();
        broker("-q");
        broker("--fault", "close@publish-in:1");
        CurrentProcess.context().others().tell(signal -> {}); // as the command does itself
      }
      default -> host();
    }
    Object after = CurrentProcess.context().stop().get(); // From now on a signal does not end us.
  }

  private static void clients(String port, String[] lines) {
    for (String line : lines) {
      client(line.endsWith("--help") ? line : line + " -h " + HOST + " -p " + port);
    }
  }

  /** Plays a line whose words hold no spaces; the first may be a name of mosquitto's. */
  private static void client(String line) {
    String[] words = line.split(" ");
    boolean isDropIn = words[0].startsWith("mosquitto_");
    String called = isDropIn ? words[0] : null;
    String[] rest = isDropIn ? Arrays.copyOfRange(words, 1, words.length) : words;
    OutputStream nowhere = OutputStream.nullOutputStream();
    perform(called, "1\n2\n3\n", nowhere, new StopSignal(), rest);
  }

  /** Ends with the script that started it, however that ends: then there is no more input. */
  private static void host() throws Exception {
    StopSignal end = new StopSignal();
    Thread broker = broker(System.out, end);
    while (System.in.read() >= 0) {}
    end.request();
    broker.join();
  }

  private static void broker(String... words) throws Exception {
    StopSignal end = new StopSignal();
    try (PipedInputStream announced = new PipedInputStream()) {
      Thread broker = broker(new PipedOutputStream(announced), end, words);
      try (Socket visitor = new Socket(HOST, Integer.parseInt(line(announced)))) {
        visitor.getOutputStream().write(VISIT.getBytes(StandardCharsets.ISO_8859_1));
        visitor.getInputStream().readAllBytes();
      }
      end.request();
      broker.join();
    }
  }

  private static Thread broker(OutputStream out, StopSignal end, String... words) {
    String[] line = Arrays.copyOf(new String[] {"broker", "-p", "0"}, 3 + words.length);
    System.arraycopy(words, 0, line, 3, words.length);
    Thread broker = new Thread(() -> perform(null, "", out, end, line));
    broker.setDaemon(true);
    broker.setUncaughtExceptionHandler((thread, failure) -> Runtime.getRuntime().halt(1));
    broker.start();
    return broker;
  }

  private static void perform(
      String called, String in, OutputStream out, StopSignal stop, String... words) {
    int status =
        Midge.run(
            new ProcessContext(
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
    if (status != 0) {
      throw new IllegalStateException("status " + status);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = in.read(); next > ' '; next = in.read()) {
      text.append((char) next);
    }
    return text.toString();
  }
}

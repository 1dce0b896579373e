package dev.midge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The programs whose starts are measured. */
final class StartCases {
  private static final String TOPIC = "bench/start";
  private static final String RETAINED = "bench/retained";

  private final Broker brokers;
  private final String mqttJs;
  private Broker.Running broker;

  /**
   * @param mqttJs the program; null if there is none
   */
  StartCases(Broker brokers, String mqttJs) {
    this.brokers = brokers;
    this.mqttJs = mqttJs;
  }

  /** Lets them talk to this one from now on. */
  void at(Broker.Running running) throws IOException {
    broker = running;
    try (Wire wire = Wire.open(running.port(), "retain", 1024)) {
      wire.out.put(Packets.publish(RETAINED, 0, true, 64));
      while (!wire.flush()) {}
      wire.channel.configureBlocking(true);
      wire.ask(Packets.ping());
    }
  }

  /**
   * Returns all rows for a JDK.
   *
   * @param index of the JDK
   */
  List<StartCase> ofMidge(Midge warm, int index) {
    List<StartCase> all = new ArrayList<>();
    Midge off = new Midge(warm.launcher(), warm.java(), false);
    all.add(new StartCase(index + " bare", () -> bare(warm.java()), 0));
    for (StartRow row : StartRow.ALL) {
      all.add(of(warm, row.name(), row.key(index, true)));
      if (row.alsoWithout()) {
        all.add(of(off, row.name(), row.key(index, false)));
      }
    }
    return all;
  }

  /**
   * Returns one row.
   *
   * @param name of the {@link StartRow}
   * @param key of the figures
   */
  StartCase of(Midge midge, String name, String key) {
    if (name.equals("broker")) {
      int port = freePort();
      return new StartCase(key, () -> midge.command("broker", "-q", "-p", "" + port), port);
    }
    return new StartCase(key, () -> program(midge, name), 0);
  }

  private ProcessBuilder program(Midge midge, String name) {
    return switch (name) {
      case "pub" -> midge.command(publish("-q", "0"));
      case "pub -q 1" -> midge.command(publish("-q", "1"));
      case "pub --qos=0" -> midge.command(publish("--qos=0"));
      case "pub -rt" -> midge.command(words("pub", "-rt", TOPIC, "-m", "21.5"));
      case "pub -D" -> midge.command(publish("-D", "publish", "user-property", "a", "b"));
      case "mosquitto_pub (drop-in)" -> midge.dropIn("mosquitto_pub", tail(publish("-q", "0")));
      case "sub -C 1" -> midge.command(subscribe());
      case "sub direct" -> midge.command(subscribe("--engine", "direct"));
      case "rr" -> midge.command(request());
      case "rr direct" -> midge.command(request("--engine", "direct"));
      case "conn" -> midge.command(words("conn", "--fault", "reset@connected"));
      case "--help" -> midge.command("--help");
      case "pub --help" -> midge.command("pub", "--help");
      default -> throw new IllegalArgumentException(name);
    };
  }

  List<StartCase> ofMosquitto() {
    List<StartCase> all = new ArrayList<>();
    all.add(peer("mosquitto_pub", () -> publish("-q", "0")));
    all.add(peer("mosquitto_sub", this::subscribe));
    all.add(peer("mosquitto_rr", this::request));
    if (brokers.mosquitto() != null) {
      int port = freePort();
      all.add(new StartCase("mosquitto", () -> brokers.mosquitto(port), port));
    }
    return all;
  }

  private static StartCase peer(String name, Supplier<String[]> words) {
    return new StartCase(name, () -> Midge.program(name, tail(words.get())), 0);
  }

  StartCase ofMqttJs() {
    return new StartCase("mqtt.js", () -> Midge.program(mqttJs, publish("-q", "0")), 0);
  }

  /** Returns a JVM, of that home, that does nothing. */
  static ProcessBuilder bare(Path java) {
    List<String> words = new ArrayList<>(Servers.JVM_FLAGS);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Hello.class.getName()));
    return Midge.program(java.resolve("bin/java").toString(), words.toArray(new String[0]));
  }

  private String[] publish(String... more) {
    return words(more, "pub", "-t", TOPIC, "-m", "21.5");
  }

  private String[] subscribe(String... more) {
    return words(more, "sub", "-t", RETAINED, "-C", "1");
  }

  /** The answer is there already. */
  private String[] request(String... more) {
    return words(more, "rr", "-t", TOPIC, "-e", RETAINED, "-m", "21.5");
  }

  private String[] words(String[] more, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return words(all.toArray(new String[0]));
  }

  private String[] words(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(broker.address());
    return all.toArray(new String[0]);
  }

  /** Without the word that midge has and mosquitto's programs have not. */
  private static String[] tail(String[] words) {
    return List.of(words).subList(1, words.length).toArray(new String[0]);
  }

  private static int freePort() {
    try {
      return Server.freePort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program whose start is the measure of all starts. */
  static final class Hello {
    private Hello() {}

    public static void main(String[] words) {
      System.out.println("hello");
    }
  }
}

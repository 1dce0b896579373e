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

  /** From now on they talk to this one. */
  void at(Broker.Running running) throws IOException {
    broker = running;
    try (Wire wire = Wire.open(running.port(), "retain", 1024)) {
      wire.out.put(Packets.publish(RETAINED, 0, true, 64));
      while (!wire.flush()) {}
      wire.channel.configureBlocking(true);
      wire.ask(Packets.ping());
    }
  }

  /** What a JDK's rows are called; see {@link ClientReport}. */
  static String name(int java, boolean archive, String what) {
    return java + (archive ? " warm " : " off ") + what;
  }

  /**
   * @param index of the JDK
   */
  List<StartCase> ofMidge(Midge warm, int index) {
    List<StartCase> all = new ArrayList<>();
    Midge off = new Midge(warm.launcher(), warm.java(), false);
    all.add(new StartCase(index + " bare", "bare JVM", () -> bare(warm.java()), 0));
    for (Midge midge : List.of(warm, off)) {
      add(all, midge, index, "pub", () -> midge.command(publish("0")));
      add(all, midge, index, "pub -q 1", () -> midge.command(publish("1")));
      add(
          all,
          midge,
          index,
          "mosquitto_pub (drop-in)",
          () -> midge.dropIn("mosquitto_pub", tail(publish("0"))));
      add(all, midge, index, "sub -C 1", () -> midge.command(subscribe()));
      add(all, midge, index, "rr", () -> midge.command(request()));
      add(all, midge, index, "--help", () -> midge.command("--help"));
      add(all, midge, index, "pub --help", () -> midge.command("pub", "--help"));
      int port = freePort();
      all.add(
          new StartCase(
              name(index, midge.archive(), "broker"),
              "broker",
              () -> midge.command("broker", "-q", "-p", "" + port),
              port));
    }
    return all;
  }

  private static void add(
      List<StartCase> all, Midge midge, int index, String what, Supplier<ProcessBuilder> program) {
    all.add(new StartCase(name(index, midge.archive(), what), what, program, 0));
  }

  List<StartCase> ofMosquitto() {
    List<StartCase> all = new ArrayList<>();
    all.add(peer("mosquitto_pub", () -> publish("0")));
    all.add(peer("mosquitto_sub", this::subscribe));
    all.add(peer("mosquitto_rr", this::request));
    if (brokers.mosquitto() != null) {
      int port = freePort();
      all.add(new StartCase("mosquitto", "", () -> brokers.mosquitto(port), port));
    }
    return all;
  }

  private static StartCase peer(String name, Supplier<String[]> words) {
    return new StartCase(name, name, () -> Midge.program(name, tail(words.get())), 0);
  }

  StartCase ofMqttJs() {
    return new StartCase(
        "mqtt.js", "MQTT.js", () -> Midge.program(mqttJs, publish("0")), 0);
  }

  private static ProcessBuilder bare(Path java) {
    List<String> words = new ArrayList<>(Servers.JVM_FLAGS);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Hello.class.getName()));
    return Midge.program(java.resolve("bin/java").toString(), words.toArray(new String[0]));
  }

  private String[] publish(String qos) {
    return words("pub", "-t", TOPIC, "-m", "21.5", "-q", qos);
  }

  private String[] subscribe() {
    return words("sub", "-t", RETAINED, "-C", "1");
  }

  /** The answer is there already. */
  private String[] request() {
    return words("rr", "-t", TOPIC, "-e", RETAINED, "-m", "21.5");
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

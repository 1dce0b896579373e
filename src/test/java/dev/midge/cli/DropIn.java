package dev.midge.cli;

import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs command lines against a broker that takes down what they send first. */
public final class DropIn {
  private DropIn() {}

  /**
   * The CONNECT of a command line.
   *
   * @param called one of mosquitto's names, or null and the command is the first argument
   */
  public static Connect connect(String called, Map<String, String> environment, Object... args)
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = MidgeRun.startAs(called, environment, onPort(broker.port(), args));
      broker.accept();
      Connect connect = (Connect) broker.read(PacketType.CONNECT);
      broker.hangUp();
      stop(run);
      return connect;
    }
  }

  public static Connect connect(String called, Object... args) throws Exception {
    return connect(called, Map.of(), args);
  }

  /** The first bytes that a command line sends, in hex. */
  public static String firstBytes(int count, String called, Object... args) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = MidgeRun.startAs(called, Map.of(), onPort(broker.port(), args));
      broker.accept();
      String hex = broker.readHex(count);
      broker.hangUp();
      stop(run);
      return hex;
    }
  }

  /** The first PUBLISH of a command line. */
  public static Publish publish(String called, Object... args) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = MidgeRun.startAs(called, Map.of(), onPort(broker.port(), args));
      broker.welcome();
      Publish publish = (Publish) broker.read(PacketType.PUBLISH);
      broker.hangUp();
      stop(run);
      return publish;
    }
  }

  private static void stop(MidgeRun run) {
    run.stop();
  }

  /** {@code PORT} in an argument, or else an option at the end. */
  public static Object[] onPort(int port, Object... args) {
    List<Object> words = new ArrayList<>();
    boolean said = false;
    for (Object arg : args) {
      String word = String.valueOf(arg);
      said |= word.contains("PORT");
      words.add(word.replace("PORT", String.valueOf(port)));
    }
    if (!said) {
      words.add("-p");
      words.add(port);
    }
    return words.toArray();
  }
}

package dev.midge.broker.battery;

import java.util.ArrayList;
import java.util.List;

/** The brokers that are compared. */
enum Kind {
  MOSQUITTO("/usr/sbin/mosquitto"),
  MIDGE(
      System.getProperty("java.home") + "/bin/java",
      "-XX:TieredStopAtLevel=1",
      "-cp",
      System.getProperty("java.class.path"),
      "dev.midge.Midge",
      "broker");

  private final List<String> command;

  Kind(String... command) {
    this.command = List.of(command);
  }

  /** Returns the command line with these words at its end. */
  Object[] command(List<String> words) {
    List<Object> all = new ArrayList<>(command);
    all.addAll(words);
    return all.toArray();
  }
}

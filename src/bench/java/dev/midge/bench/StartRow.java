package dev.midge.bench;

import java.util.List;

/**
 * A way to start midge, as a row of the tables.
 *
 * @param name of the case
 * @param title in the tables
 * @param aim the most that its wall time is to be; not a number if there is none
 * @param than of which row the aim counts, {@link #BARE} for a JVM that does nothing
 * @param alsoWithout whether it is measured without start-up archive too
 */
record StartRow(String name, String title, double aim, String than, boolean alsoWithout) {
  static final String BARE = "bare";

  private static final double NO_AIM = Double.NaN;

  static final List<StartRow> ALL =
      List.of(
          new StartRow("pub", "`pub -m`, QoS 0", 1.5, BARE, true),
          new StartRow("pub -q 1", "`pub -m`, QoS 1", NO_AIM, BARE, false),
          new StartRow("pub --qos=0", "`pub -m --qos=0`", 1.2, "pub", false),
          new StartRow("pub -rt", "`pub -rt TOPIC -m`", 1.2, "pub", false),
          new StartRow("pub -D", "`pub -m -D …`", 1.2, "pub", false),
          new StartRow(
              "mosquitto_pub (drop-in)", "`drop-in/mosquitto_pub -m`", NO_AIM, BARE, false),
          new StartRow("sub -C 1", "`sub -C 1`, a retained message", 2, BARE, true),
          new StartRow("sub direct", "`sub -C 1 --engine direct`", 1.7, BARE, false),
          new StartRow("rr", "`rr`", 2, BARE, false),
          new StartRow("rr direct", "`rr --engine direct`", 1.7, BARE, false),
          new StartRow("conn", "`conn --fault reset`", NO_AIM, BARE, false),
          new StartRow("--help", "`midge --help`", NO_AIM, BARE, false),
          new StartRow("pub --help", "`pub --help`", 2, BARE, true),
          new StartRow("broker", "`broker`, to listening", 1.7, BARE, true));

  /** Returns the name under which its figures are kept. */
  String key(int java, boolean archive) {
    return key(java, archive, name);
  }

  static String key(int java, boolean archive, String name) {
    return name.equals(BARE) ? java + " bare" : java + (archive ? " warm " : " off ") + name;
  }
}

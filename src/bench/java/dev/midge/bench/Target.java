package dev.midge.bench;

/** What is measured: the two brokers, and the mirror that shows what the driver can do. */
enum Target {
  MIDGE("midge"),
  MOSQUITTO("mosquitto"),
  MIRROR("mirror"),
  BARE_JVM("bare JVM");

  final String title;

  Target(String title) {
    this.title = title;
  }
}

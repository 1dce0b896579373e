package dev.midge.bench;

/**
 * What is measured: the two brokers, the mirror that shows what the driver can do, and mosquitto
 * behind midge's proxy.
 */
enum Target {
  MIDGE("midge"),
  MOSQUITTO("mosquitto"),
  MIRROR("mirror"),
  BARE_JVM("bare JVM"),
  PROXIED("through midge proxy");

  final String title;

  Target(String title) {
    this.title = title;
  }
}

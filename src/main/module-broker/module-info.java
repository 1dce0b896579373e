/**
 * A mini broker for MQTT 3.1, 3.1.1 and 5 that lives in a program or a test: with faults, wills and
 * time that a test drives.
 *
 * <p>It needs the JDK alone; {@code dev.midge.broker.junit} needs JUnit Jupiter's interfaces as well.
 * Public classes of packages that are not exported may change at any time.
 */
module dev.midge.broker {
  requires java.naming; // the names in certificates
  requires static org.jspecify;
  requires static org.junit.jupiter.api; // not transitive: who has no JUnit could not compile

  exports dev.midge.broker;
  exports dev.midge.broker.access;
  exports dev.midge.broker.config;
  exports dev.midge.broker.config.file;
  exports dev.midge.broker.embedded;
  exports dev.midge.broker.inspect;
  exports dev.midge.broker.junit;
  exports dev.midge.fault;
  exports dev.midge.fault.plan;
  exports dev.midge.mqtt;
  exports dev.midge.mqtt.packet;

  opens dev.midge.broker.junit to
      org.junit.platform.commons;
}

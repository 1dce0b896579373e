/**
 * The tool, and what a Java program needs to run its mini broker.
 *
 * <p>The libraries lie in the same jar, so that the JDK's modules are all that is required. Public
 * classes of other packages are for midge itself and may change at any time.
 */
module dev.midge {
  requires java.logging; // Paho, JLine
  requires java.naming; // the names in certificates
  requires jdk.net; // the user at the other end of a control socket
  requires jdk.unsupported; // signals
  requires static org.jspecify;

  exports dev.midge.broker;
  exports dev.midge.broker.access; // who is let in at a dev.midge.broker.ListenerSpec
  exports dev.midge.broker.config;
  exports dev.midge.broker.config.file;
  exports dev.midge.broker.inspect; // the values of dev.midge.broker.Inspector
  exports dev.midge.fault; // the faults of dev.midge.broker.BrokerConfig
  exports dev.midge.fault.plan;
  exports dev.midge.mqtt.packet; // what a dev.midge.broker.BrokerWatcher is told of
  exports dev.midge.mqtt; // the maximum QoS of dev.midge.broker.config.Limits
}

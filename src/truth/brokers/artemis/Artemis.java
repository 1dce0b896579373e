import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** ActiveMQ Artemis on a loopback port, open to all, otherwise as it comes. */
final class Artemis {
  private Artemis() {}

  public static void main(String[] words) throws Exception {
    String data = words[1];
    Configuration settings =
        new ConfigurationImpl()
            .setSecurityEnabled(false)
            .setJournalDirectory(data + "/journal")
            .setBindingsDirectory(data + "/bindings")
            .setPagingDirectory(data + "/paging")
            .setLargeMessagesDirectory(data + "/large-messages")
            .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + words[0] + "?protocols=MQTT");
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(settings);
    broker.start();
    Thread stop = new Thread(() -> end(broker));
    Runtime.getRuntime().addShutdownHook(stop);
  }

  private static void end(EmbeddedActiveMQ broker) {
    try {
      broker.stop();
    } catch (Exception e) {
      System.err.println(e);
    }
  }
}

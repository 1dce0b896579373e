import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.util.Properties;

/** Moquette on a loopback port, as it comes, but without its reports to its makers. */
final class Moquette {
  private Moquette() {}

  public static void main(String[] words) throws Exception {
    Properties settings = new Properties();
    settings.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
    settings.setProperty(IConfig.PORT_PROPERTY_NAME, words[0]);
    settings.setProperty(IConfig.DATA_PATH_PROPERTY_NAME, words[1]);
    settings.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    Server server = new Server();
    server.startServer(new MemoryConfig(settings));
    Runtime.getRuntime().addShutdownHook(new Thread(server::stopServer));
  }
}

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.nio.file.Files;
import java.nio.file.Path;

/** HiveMQ CE on a loopback port, as it comes, but without its reports to its makers. */
final class HiveMq {
  private HiveMq() {}

  public static void main(String[] words) throws Exception {
    Path directory = Path.of(words[1]);
    Files.writeString(directory.resolve("config.xml"), configuration(words[0]));
    // Without an extension that allows them it refuses all clients. The one that its archive brings
    // does as this does.
    EmbeddedExtension open =
        EmbeddedExtension.builder()
            .withId("allow-all")
            .withName("Allow all")
            .withVersion("1")
            .withExtensionMain(new AllowAll())
            .build();
    EmbeddedHiveMQ broker =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(directory)
            .withDataFolder(Files.createDirectories(directory.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
            .withEmbeddedExtension(open)
            .build();
    broker.start().join();
  }

  private static String configuration(String port) {
    return """
    <?xml version="1.0"?>
    <hivemq>
      <listeners>
        <tcp-listener><port>%s</port><bind-address>127.0.0.1</bind-address></tcp-listener>
      </listeners>
      <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
    </hivemq>
    """
        .formatted(port);
  }

  private static final class AllowAll implements ExtensionMain {
    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
      SimpleAuthenticator everybody = (client, answer) -> answer.authenticateSuccessfully();
      Services.securityRegistry().setAuthenticatorProvider(any -> everybody);
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
  }
}

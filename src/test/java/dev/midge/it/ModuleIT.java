package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as a module of a Java program that runs a broker. */
class ModuleIT {
  private static final String JAR = Path.of("target/midge.jar").toAbsolutePath().toString();
  private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");

  @TempDir Path directory;

  @Test
  void itRequiresOnlyTheJdkAndExportsOnlyTheBrokerWithItsValues() {
    Program run =
        Program.start(JDK.resolve("java"), "-p", JAR, "--describe-module", "dev.midge").await();

    assertThat(run.outText().lines().skip(1).filter(line -> !line.startsWith("contains ")))
        .containsExactlyInAnyOrder(
            "exports dev.midge.broker",
            "exports dev.midge.broker.access",
            "exports dev.midge.broker.config",
            "exports dev.midge.broker.config.file",
            "exports dev.midge.broker.inspect",
            "exports dev.midge.fault",
            "exports dev.midge.fault.plan",
            "exports dev.midge.mqtt",
            "exports dev.midge.mqtt.packet",
            "requires java.base mandated",
            "requires java.logging",
            "requires jdk.net",
            "requires java.naming",
            "requires jdk.unsupported",
            "requires org.jspecify static");
    assertThat(run.outText())
        .startsWith("dev.midge@")
        .contains("contains dev.midge.cli\n", "contains org.fusesource.jansi\n");
    assertThat(run.status()).isZero();
  }

  @Test
  void aModuleStartsAndStopsABroker() throws IOException {
    Program javac =
        compiled(
            "import dev.midge.broker.*;",
            "import dev.midge.broker.config.Limits;",
            "import dev.midge.mqtt.Qos;",
            "import java.util.List;",
            "public class Main {",
            "  public static void main(String[] args) throws Exception {",
            "    Limits limits = Limits.builder().maxQos(Qos.AT_LEAST_ONCE).build();",
            "    BrokerConfig config =",
            "        new BrokerConfig(",
            "            List.of(0), event -> System.out.println(event.text()), false, limits);",
            "    try (Broker broker = Broker.start(config)) {",
            "      new java.net.Socket(\"localhost\", broker.port()).close();",
            "    }",
            "  }",
            "}");
    assertThat(javac.errText()).isEmpty();
    assertThat(javac.status()).isZero();

    String modules = JAR + ":" + directory.resolve("out");
    Program run = Program.start(JDK.resolve("java"), "-p", modules, "-m", "user/user.Main").await();

    assertThat(run.errText()).isEmpty();
    assertThat(run.outText())
        .matches("(?s)midge version [0-9.]+ starting\n.*midge version [0-9.]+ terminating\n");
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.midge.Midge",
        "dev.midge.client.ConnectSpec",
        "dev.midge.broker.core.BrokerObserver",
        "dev.midge.broker.transport.BrokerLoop",
        "com.fasterxml.jackson.core.JsonFactory"
      })
  void theRestIsNotExported(String name) throws IOException {
    String room = name.substring(0, name.lastIndexOf('.'));

    Program javac = compiled("public class Main {", "  " + name + " unused;", "}");

    assertThat(javac.errText())
        .contains("package " + room + " is declared in module dev.midge, which does not export it");
    assertThat(javac.status()).isEqualTo(1);
  }

  private Program compiled(String... lines) throws IOException {
    Path module = directory.resolve("module-info.java");
    Files.writeString(module, "module user { requires dev.midge; }");
    Path main = Files.createDirectories(directory.resolve("user")).resolve("Main.java");
    Files.writeString(main, "package user;\n" + String.join("\n", lines) + "\n");
    return Program.start(
            JDK.resolve("javac"), "-p", JAR, "-d", directory.resolve("out"), module, main)
        .await();
  }
}

package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The libraries of rarely given options lie in a jar beside midge.jar, which they do not enlarge.
 */
class LibrariesJarIT {
  private static final Path MIDGE = Path.of("target/midge.jar");
  private static final Path LIBRARIES = Path.of("target/midge-libraries.jar");
  private static final String ROOMS =
      "(com/fasterxml/jackson/dataformat|org/msgpack|com/google|dev/harrel|com/jayway|org/slf4j)/.*";

  @TempDir Path directory;

  @Test
  void eachClassLiesInTheJarThatItBelongsTo() throws IOException {
    try (JarFile midge = new JarFile(MIDGE.toFile());
        JarFile libraries = new JarFile(LIBRARIES.toFile())) {
      assertThat(midge.stream()).noneMatch(entry -> entry.getName().matches(ROOMS));
      assertThat(libraries.stream().filter(entry -> entry.getName().endsWith(".class")))
          .isNotEmpty()
          .allMatch(entry -> entry.getName().matches(ROOMS));
      assertThat(midge.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH))
          .isEqualTo("midge-libraries.jar");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LICENSE.txt",
        "NOTICE",
        "THIRD-PARTY.txt",
        "Protobuf-LICENSE",
        "json-schema-LICENSE",
        "SLF4J-LICENSE"
      })
  void theirLicencesComeWithThem(String name) throws IOException {
    try (JarFile libraries = new JarFile(LIBRARIES.toFile())) {
      assertThat(libraries.getEntry("META-INF/" + name)).isNotNull();
    }
  }

  @Test
  void whoDoesNotNeedThemCanDoWithoutThem() throws IOException {
    Path alone = Files.copy(MIDGE, directory.resolve("midge.jar"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    try (MidgeBroker broker = new MidgeBroker()) {
      Program pub =
          Program.start(
                  java, "-jar", alone, "pub", "-p", broker.port(), "-q", "1", "-t", "a", "-m", "x")
              .await();

      assertThat(pub.status()).as(pub.errText()).isZero();
      assertThat(pub.errText()).isEmpty();
    }
  }
}

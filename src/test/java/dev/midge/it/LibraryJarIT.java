package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker as a library: its jar, and a project of its own that is tested with it. */
class LibraryJarIT {
  private static final Path POM = Path.of("pom.xml");
  private static final Path EXAMPLES = Path.of("docs/examples");

  @TempDir Path directory;

  private static String version() throws IOException {
    Matcher matcher =
        Pattern.compile("<artifactId>midge</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(Files.readString(POM));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static Path jar() throws IOException {
    return Path.of("target/midge-" + version() + "-broker.jar").toAbsolutePath();
  }

  @Test
  void itHoldsTheBrokerAndNoLibrary() throws IOException {
    try (JarFile jar = new JarFile(jar().toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class")))
          .contains("dev/midge/broker/junit/MidgeBroker.class")
          .allMatch(
              name ->
                  name.equals("module-info.class")
                      || name.matches("dev/midge/(broker|fault|mqtt|net|text)/.*"));
      assertThat(jar.getEntry("META-INF/LICENSE.txt")).isNotNull();
    }
  }

  @Test
  void itsModuleIsNamedAndExportsNoInnerPackage() throws IOException {
    var module = ModuleFinder.of(jar()).find("dev.midge.broker").orElseThrow().descriptor();
    assertThat(module.rawVersion()).contains(version());
    assertThat(module.exports())
        .extracting(each -> each.source())
        .contains("dev.midge.broker.junit", "dev.midge.broker.embedded", "dev.midge.broker")
        .noneMatch(name -> name.matches(".*[.](core|transport|codec|net|channel|persist)\\b.*"));
  }

  /** Nobody who uses a public class needs one of another library, or of an inner package. */
  @Test
  void noSignatureHasAClassThatIsNotExported() throws Exception {
    Set<String> exported =
        ModuleFinder.of(jar())
            .find("dev.midge.broker")
            .orElseThrow()
            .descriptor()
            .exports()
            .stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    List<String> leaks = new ArrayList<>();
    try (JarFile jar = new JarFile(jar().toFile());
        URLClassLoader loader =
            new URLClassLoader(new URL[] {jar().toUri().toURL()}, getClass().getClassLoader())) {
      for (String name : jar.stream().map(JarEntry::getName).toList()) {
        if (name.startsWith("dev/") && name.endsWith(".class") && !name.endsWith("-info.class")) {
          Class<?> type = loader.loadClass(name.substring(0, name.length() - 6).replace('/', '.'));
          if (exported.contains(type.getPackageName()) && isPublic(type)) {
            signatures(type)
                .filter(each -> isHidden(each, exported))
                .forEach(each -> leaks.add(type.getName() + ": " + each.getName()));
          }
        }
      }
    }
    assertThat(leaks).isEmpty();
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  private static Stream<Class<?>> signatures(Class<?> type) {
    Stream<Class<?>> methods =
        Arrays.stream(type.getMethods())
            .filter(method -> method.getDeclaringClass() != Object.class)
            .flatMap(
                method ->
                    Stream.concat(
                        Stream.of(method.getReturnType()),
                        Arrays.stream(method.getParameterTypes())));
    Stream<Class<?>> constructors =
        Arrays.stream(type.getConstructors())
            .flatMap(constructor -> Arrays.stream(constructor.getParameterTypes()));
    return Stream.concat(methods, constructors);
  }

  private static boolean isHidden(Class<?> type, Set<String> exported) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    String name = element.getName();
    return !element.isPrimitive()
        && !name.startsWith("java")
        && !name.startsWith("org.junit.jupiter.api.")
        && !exported.contains(element.getPackageName());
  }

  @Test
  void allThatItNeedsIsInTheJdkButForTheAnnotationsAndJUnit() throws Exception {
    String jdeps = Path.of(System.getProperty("java.home"), "bin", "jdeps").toString();
    String found = Program.start(jdeps, "--missing-deps", jar()).await().outText();
    assertThat(found.lines().filter(line -> line.contains("->")).map(String::strip))
        .isNotEmpty()
        .allMatch(
            line ->
                line.startsWith("dev.midge.broker ->")
                    || line.contains("-> org.jspecify.")
                    || line.startsWith("dev.midge.broker.junit.")
                        && line.matches(
                            ".*-> org[.]junit[.](jupiter[.]api|platform[.]commons)[.].*"));
  }

  @Test
  void aModuleWithoutJUnitUsesIt() throws Exception {
    Path module =
        Files.writeString(
            directory.resolve("module-info.java"), "module user { requires dev.midge.broker; }");
    Path main = Files.createDirectory(directory.resolve("user")).resolve("Main.java");
    Files.writeString(
        main,
        """
        package user;
        import dev.midge.broker.embedded.EmbeddedBroker;
        public class Main {
          public static void main(String[] args) {
            try (EmbeddedBroker broker = EmbeddedBroker.create().start()) {
              System.out.println(broker.port() > 0);
            }
          }
        }
        """);
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    Path out = directory.resolve("out");
    Program javac =
        Program.start(bin.resolve("javac"), "-p", jar(), "-d", out, module, main).await();
    assertThat(javac.errText()).isEmpty();
    assertThat(javac.status()).isZero();

    Program run =
        Program.start(bin.resolve("java"), "-p", jar() + ":" + out, "-m", "user/user.Main").await();
    assertThat(run.errText()).isEmpty();
    assertThat(run.outText()).isEqualTo("true\n");
  }

  @Test
  void theToolsJarHasNoTestBroker() throws IOException {
    try (JarFile jar = new JarFile("target/midge.jar")) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.matches("dev/midge/broker/(junit|embedded)/.*"));
    }
  }

  /** Builds and runs the examples as a user does, with Maven, and the jar from a repository. */
  @Test
  void theExamplesPassInAProjectOfTheirOwn() throws Exception {
    Path project = directory.resolve("project");
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        Path copy = project.resolve(EXAMPLES.relativize(each));
        Files.createDirectories(copy.getParent());
        Files.copy(each, copy);
      }
    }
    Program maven =
        Program.start(
                "mvn",
                "-o",
                "-B",
                "-f",
                project.resolve("pom.xml"),
                "-Dmaven.repo.local=" + repository(),
                "test")
            .await();
    assertThat(maven.status()).as(maven.outText()).isZero();
    String out = maven.outText();
    assertThat(out).contains("Tests run: 12, Failures: 0, Errors: 0, Skipped: 0");
  }

  /** Returns a local repository with the libraries of the true one, and the jar just built. */
  private Path repository() throws IOException {
    Path real =
        Path.of(
            System.getProperty(
                "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    Path made = Files.createDirectory(directory.resolve("repository"));
    link(real, made, "dev");
    link(real.resolve("dev"), Files.createDirectory(made.resolve("dev")), "midge");
    Path home = Files.createDirectories(made.resolve("dev/midge/midge").resolve(version()));
    Files.copy(POM, home.resolve("midge-" + version() + ".pom"));
    try (InputStream in = Files.newInputStream(jar())) {
      Files.copy(in, home.resolve(jar().getFileName()));
    }
    return made;
  }

  private static void link(Path from, Path to, String omitted) throws IOException {
    try (Stream<Path> groups = Files.list(from)) {
      for (Path each : groups.filter(path -> !path.endsWith(omitted)).toList()) {
        Files.createSymbolicLink(to.resolve(each.getFileName()), each);
      }
    }
  }
}

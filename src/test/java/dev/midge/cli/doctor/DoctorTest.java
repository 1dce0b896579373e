package dev.midge.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.about.StartArchive;
import dev.midge.cli.doctor.Diagnosis.State;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tries what {@code midge doctor} says of each thing, and how it says it. */
class DoctorTest {
  private static final String SECRET = "hush-4711";
  @TempDir private Path directory;

  private MidgeRun doctor(String... words) {
    Map<String, String> environment =
        Map.of(
            "XDG_CONFIG_HOME",
            directory.toString(),
            "MIDGE_PASSWORD",
            SECRET,
            "MIDGE_PROXY",
            "socks5h://u:" + SECRET + "@localhost");
    Object[] line = new Object[words.length + 1];
    line[0] = "doctor";
    System.arraycopy(words, 0, line, 1, words.length);
    return MidgeRun.startAs(null, environment, line).await();
  }

  private Path contexts(String mode) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("midge"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Path file = folder.resolve("contexts");
    Files.writeString(file, "[lab]\n-h localhost\n-u me\n-P " + SECRET + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void aLineForEachThingTellsWhatIsWrongAndWhatWouldCureIt() throws IOException {
    Path file = contexts("rw-rw-rw-");
    MidgeRun run = doctor();

    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.outText().lines())
        .filteredOn(line -> line.matches("(ok|warning|wrong) .*"))
        .hasSize(Subject.values().length);
    assertThat(run.outText().replaceAll("\\s+", " "))
        .contains("wrong contexts Others may write " + file)
        .contains("cure: make it yours alone (chmod 600), or mend it: midge context edit")
        .doesNotContain(SECRET, "\u001b")
        .containsPattern("1 thing is wrong(; \\d+ warnings?)?\\. $");
    assertThat(run.outText().lines())
        .allMatch(line -> line.length() <= 80 || line.contains(directory.toString()));
    assertThat(Files.readString(file)).contains(SECRET);
  }

  @Test
  void whereNothingIsWrongTheStatusIs0() throws IOException {
    contexts("rw-------");
    MidgeRun run = doctor("--json");

    assertThat(run.status()).as(run.outText()).isZero();
    assertThat(run.outText().lines())
        .hasSize(Subject.values().length)
        .allMatch(line -> line.matches("\\{\"check\":\".+\",\"state\":\"(ok|warning)\",.*\\}"));
    assertThat(run.outText()).doesNotContain(SECRET);
  }

  @Test
  void isColouredOnATerminal() {
    assertThat(MidgeRun.runOnTerminal(Map.of(), "doctor").outText())
        .contains("\u001b[32mok\u001b[m ");
  }

  @Test
  void jsonHasTheCure() {
    Map<Subject, Diagnosis> diagnoses = new EnumMap<>(Subject.class);
    diagnoses.put(Subject.CLOCK, Diagnosis.wrong("late \u0007", "wind it"));
    diagnoses.put(Subject.JAVA, Diagnosis.ok("17"));

    assertThat(Doctor.json(diagnoses))
        .isEqualTo(
            """
            {"check":"java","state":"ok","text":"17"}
            {"check":"clock","state":"wrong","text":"late \\u0007","cure":"wind it"}
            """);
  }

  @Test
  void whoDoesNotAnswerIsNotWaitedFor() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Check hanging =
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Diagnosis.ok("");
        };
    Map<Subject, Check> checks = new EnumMap<>(Subject.class);
    checks.put(Subject.PORT_MQTT, hanging);
    checks.put(Subject.LOCALE, new LocaleCheck("C.UTF-8"));
    Map<Subject, Diagnosis> diagnoses = Examination.diagnoses(checks, Duration.ofSeconds(3));
    never.countDown();

    assertThat(diagnoses.get(Subject.PORT_MQTT).state()).isEqualTo(State.WARNING);
    assertThat(diagnoses.get(Subject.PORT_MQTT).text()).contains("no answer");
    assertThat(diagnoses.get(Subject.LOCALE).state()).isEqualTo(State.OK);
  }

  @ParameterizedTest
  @CsvSource({"17, 64, OK", "25, 64, OK", "26, 64, WARNING", "17, 32, WARNING"})
  void javaFrom17To25With64BitsIsWell(int version, String bits, State state) throws IOException {
    Diagnosis jre = new JavaCheck(version, version + ".0.1", bits, directory).look();
    Files.createFile(Files.createDirectory(directory.resolve("bin")).resolve("javac"));
    Diagnosis jdk = new JavaCheck(version, version + ".0.1", bits, directory).look();

    assertThat(jre.state()).isEqualTo(jdk.state()).isEqualTo(state);
    assertThat(jre.text()).startsWith(version + ".0.1, " + bits + " bits, a JRE in " + directory);
    assertThat(jdk.text()).contains(", a JDK in ");
  }

  @ParameterizedTest
  @EnumSource(StartArchive.State.class)
  void anArchiveThatIsNotUsedIsAWarningUnlessItIsMeantSo(StartArchive.State state)
      throws IOException {
    Path archive = directory.resolve("midge-own-rest-17.jsa");
    Diagnosis diagnosis = new ArchiveCheck(new StartArchive(state, archive), null).look();

    assertThat(diagnosis.state())
        .isEqualTo(
            switch (state) {
              case USED, MISSING, OFF, UNKNOWN -> State.OK;
              default -> State.WARNING;
            });
    assertThat(diagnosis.cure() == null).isEqualTo(diagnosis.state() == State.OK);
  }

  @Test
  void theArchivesOfOtherPartsAreLookedAt() throws IOException {
    Path jar = Files.writeString(directory.resolve("midge.jar"), "x");
    Files.setLastModifiedTime(jar, java.nio.file.attribute.FileTime.fromMillis(0));
    Files.writeString(directory.resolve("midge-own-pub-17.jsa"), "x");
    Files.writeString(directory.resolve("midge-own-broker-17.jsa"), "");
    StartArchive archive =
        new StartArchive(StartArchive.State.USED, directory.resolve("midge-own-rest-17.jsa"));

    assertThat(new ArchiveCheck(archive, jar).look().text())
        .isEqualTo("in use; there for pub; not made yet for broker (" + directory + ")");
  }

  @ParameterizedTest
  @CsvSource({"de_DE.UTF-8, OK", "C.utf8, OK", "C, WARNING", "'', WARNING"})
  void aLocaleHasUtf8(String name, State state) {
    assertThat(new LocaleCheck(name).look().state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"256, WARNING", "1024, OK", "9223372036854775807, OK"})
  void aFewOpenFilesAreAWarning(long most, State state) {
    assertThat(new FileLimitCheck(most).look().state()).isEqualTo(state);
  }

  @Test
  void aClockThatIsEarlierThanMidgeIsWrong() throws IOException {
    Path jar = Files.writeString(directory.resolve("midge.jar"), "x");
    Clock early = Clock.fixed(Instant.parse("1970-01-03T00:00:00Z"), ZoneOffset.UTC);

    assertThat(new ClockCheck(early, jar).look().state()).isEqualTo(State.WRONG);
    assertThat(new ClockCheck(early, jar).look().text()).startsWith("1970-01-03, but ");
    assertThat(new ClockCheck(Clock.systemUTC(), jar).look().state()).isEqualTo(State.OK);
    assertThat(new ClockCheck(early, null).look()).isEqualTo(Diagnosis.ok("1970-01-03"));
  }

  @ParameterizedTest
  @CsvSource({"rw-------, OK", "rw-r--r--, WARNING", "rw--w----, WRONG"})
  void contextsAreForTheirUserAlone(String mode, State state) throws IOException {
    Map<String, String> environment = Map.of("XDG_CONFIG_HOME", directory.toString());
    assertThat(new ContextsCheck(environment).look().text()).startsWith("none");
    contexts(mode);

    assertThat(new ContextsCheck(environment).look().state()).isEqualTo(state);
  }

  @Test
  void contextsThatAreMalformedAreWrong() throws IOException {
    Files.writeString(contexts("rw-------"), "no such line\n");

    assertThat(new ContextsCheck(Map.of("XDG_CONFIG_HOME", directory.toString())).look().state())
        .isEqualTo(State.WRONG);
    assertThat(new ContextsCheck(Map.of()).look().state()).isEqualTo(State.WARNING);
  }

  @Test
  void localhostIsThisMachine() throws IOException {
    InetAddress four = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    InetAddress six =
        InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    InetAddress other = InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 1});

    assertThat(new LocalhostCheck(name -> new InetAddress[] {four, six}).look())
        .isEqualTo(Diagnosis.ok("127.0.0.1 and ::1"));
    assertThat(new LocalhostCheck(name -> new InetAddress[] {four, other}).look().state())
        .isEqualTo(State.WRONG);
    LocalhostCheck unknown =
        new LocalhostCheck(
            name -> {
              throw new UnknownHostException(name);
            });
    assertThat(unknown.look().state()).isEqualTo(State.WRONG);
  }

  @Test
  void theDirectoryForTemporaryFilesIsThere() {
    assertThat(new TemporaryCheck(directory).look().state()).isEqualTo(State.OK);
    assertThat(new TemporaryCheck(directory.resolve("not-there")).look().state())
        .isEqualTo(State.WRONG);
  }

  @Test
  void eachSubjectIsLookedAtAndTold() throws IOException {
    String page = Files.readString(Path.of("man/midge-doctor.1")).replace("\\-", "-");

    assertThat(Doctor.subjects().keySet())
        .hasSize(Subject.values().length)
        .allMatch(word -> page.contains("\\fB" + word + "\\fP"));
    assertThat(List.of(Subject.values()).stream().map(Subject::word))
        .containsExactlyElementsOf(Doctor.subjects().keySet());
  }
}

package dev.midge.cli.doctor;

import dev.midge.cli.DefaultPorts;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.about.ProgramFile;
import dev.midge.cli.about.StartArchive;
import dev.midge.cli.about.UsersLocale;
import dev.midge.cli.fleet.OpenFiles;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at everything at the same time, and waits a few seconds at most. */
final class Examination {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final String HOST = "localhost";

  private Examination() {}

  /** Returns the checks of this machine. */
  static Map<Subject, Check> checks(ProcessContext context) {
    Path jar = ProgramFile.path();
    Map<Subject, Check> checks = new EnumMap<>(Subject.class);
    checks.put(Subject.JAVA, JavaCheck.ofProcess());
    checks.put(Subject.ARCHIVE, new ArchiveCheck(StartArchive.ofProcess(), jar));
    checks.put(Subject.LOCALE, new LocaleCheck(UsersLocale.name(context.environment())));
    checks.put(Subject.PORT_MQTT, new PortCheck(HOST, DefaultPorts.MQTT, false));
    checks.put(Subject.PORT_TLS, new PortCheck(HOST, DefaultPorts.TLS, true));
    checks.put(Subject.TERMINAL, new TerminalCheck(context));
    checks.put(Subject.FILES, new FileLimitCheck(OpenFiles.most()));
    checks.put(Subject.CLOCK, new ClockCheck(context.clock().get(), jar));
    checks.put(Subject.CONTEXTS, new ContextsCheck(context.environment()));
    checks.put(Subject.LOCALHOST, new LocalhostCheck(InetAddress::getAllByName));
    checks.put(
        Subject.TEMPORARY, new TemporaryCheck(Path.of(System.getProperty("java.io.tmpdir"))));
    return checks;
  }

  /** Returns what the checks have found within three seconds. */
  static Map<Subject, Diagnosis> diagnoses(Map<Subject, Check> checks) throws InterruptedException {
    return diagnoses(checks, LONGEST);
  }

  static Map<Subject, Diagnosis> diagnoses(Map<Subject, Check> checks, Duration longest)
      throws InterruptedException {
    Map<Subject, FutureTask<Diagnosis>> tasks = new EnumMap<>(Subject.class);
    checks.forEach(
        (subject, check) -> {
          FutureTask<Diagnosis> task = new FutureTask<>(check::look);
          // One that hangs is left behind.
          Thread thread = new Thread(task, "midge doctor " + subject.word());
          thread.setDaemon(true);
          thread.start();
          tasks.put(subject, task);
        });
    long end = System.nanoTime() + longest.toNanos();
    Map<Subject, Diagnosis> diagnoses = new EnumMap<>(Subject.class);
    for (Map.Entry<Subject, FutureTask<Diagnosis>> task : tasks.entrySet()) {
      diagnoses.put(task.getKey(), diagnosis(task.getValue(), end - System.nanoTime(), longest));
    }
    return diagnoses;
  }

  private static Diagnosis diagnosis(FutureTask<Diagnosis> task, long nanoseconds, Duration longest)
      throws InterruptedException {
    try {
      return task.get(Math.max(0, nanoseconds), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Diagnosis.warning(
          "no answer in " + longest.toSeconds() + " s",
          "see who should answer, and why it does not");
    } catch (ExecutionException e) {
      return Diagnosis.warning("cannot be found out: " + e.getCause(), "see the reason above");
    }
  }
}

package dev.midge.cli.about;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.ProgramVersion;
import dev.midge.cli.console.ControllingTerminal;
import dev.midge.cli.console.ScreenSize;
import dev.midge.cli.console.Terminal;
import dev.midge.control.Facts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a bug report needs, in sections. Of variables that may hold a password there are the
 * names alone, and of files their places.
 */
public final class AboutFacts {
  private static final List<String> PREFIXES =
      List.of("MIDGE_", "JAVA_", "JDK_JAVA_", "_JAVA_OPTIONS", "XDG_", "NO_COLOR", "CLICOLOR");

  private final ProcessContext context;

  /** Makes those of a process. */
  public AboutFacts(ProcessContext context) {
    this.context = context;
  }

  /** Returns the version alone. */
  public static Facts version() {
    return new Facts().with("version", ProgramVersion.text());
  }

  /**
   * Returns all of them.
   *
   * @param terminal standard output
   */
  public Facts all(Terminal terminal) {
    Path jar = ProgramFile.path();
    StartArchive archive = StartArchive.ofProcess();
    return version()
        .with("program", new Facts().with("jar", text(jar)).with("sha256", ProgramFile.digest()))
        .with("java", java())
        .with("system", system())
        .with("archive", archive(archive))
        .with("engines", engines(context.environment().get("MIDGE_ENGINE")))
        .with("libraries", libraries())
        .with("files", files(archive))
        .with("locale", locale())
        .with("terminal", terminal(terminal))
        .with("environment", new Facts().withWords("set", variables()));
  }

  private static @Nullable String text(@Nullable Path path) {
    return path == null ? null : path.toString();
  }

  private static Facts java() {
    return new Facts()
        .with("version", System.getProperty("java.runtime.version"))
        .with("vendor", System.getProperty("java.vendor"))
        .with("release", System.getProperty("java.vendor.version"))
        .with("machine", System.getProperty("java.vm.name"))
        .with("home", System.getProperty("java.home"))
        .with("heap_mib", Runtime.getRuntime().maxMemory() >> 20);
  }

  private static Facts system() {
    return new Facts()
        .with("name", System.getProperty("os.name"))
        .with("version", System.getProperty("os.version"))
        .with("architecture", System.getProperty("os.arch"))
        .with("processors", Runtime.getRuntime().availableProcessors());
  }

  private static Facts archive(StartArchive archive) {
    return new Facts().with("state", archive.state().text()).with("path", text(archive.path()));
  }

  /** Returns the table of docs/engines.md. */
  static Facts engines(@Nullable String chosen) {
    return new Facts()
        .with("pub, one message", "direct")
        .with("pub -l", "direct")
        .with("sub", "direct")
        .with("pub --repeat, pub with a fault", "paho")
        .with("rr, conn", "paho")
        .with("conn --count, pub --clients", "direct")
        .with("lwt", "neither")
        .with("chosen", chosen == null || chosen.isEmpty() ? null : engine(chosen));
  }

  private static String engine(String chosen) {
    return chosen.equals("paho") || chosen.equals("direct") ? chosen : "neither paho nor direct";
  }

  private static Facts libraries() {
    Facts facts = new Facts();
    ProgramFile.libraries().forEach(facts::with);
    return facts;
  }

  private Facts files(StartArchive archive) {
    Map<String, String> environment = context.environment();
    Facts facts =
        new Facts()
            .with("archives", archive.path() == null ? null : text(archive.path().getParent()))
            .with("temporary", System.getProperty("java.io.tmpdir"))
            .with("contexts", place(MidgeCompatibility.INSTANCE.contextsFile(environment)));
    for (String command : List.of("pub", "sub", "rr")) {
      facts.with(
          "options_" + command,
          place(MidgeCompatibility.INSTANCE.optionFile(environment, command)));
    }
    return facts;
  }

  private static @Nullable String place(@Nullable String name) {
    return name == null || Files.exists(Path.of(name)) ? name : name + " (not there)";
  }

  private Facts locale() {
    return new Facts()
        .with("name", UsersLocale.name(context.environment()))
        .with("charset", System.getProperty("sun.jnu.encoding"))
        .with("default_charset", System.getProperty("file.encoding"))
        .with("time_zone", ZoneId.systemDefault().getId());
  }

  private Facts terminal(Terminal terminal) {
    ScreenSize size = context.outIsTerminal() ? ControllingTerminal.size() : null;
    return new Facts()
        .with("input", context.inIsTerminal())
        .with("output", context.outIsTerminal())
        .with("error", context.errIsTerminal())
        .with("columns", size == null ? null : size.columns())
        .with("lines", size == null ? null : size.lines())
        .with("type", context.environment().get("TERM"))
        .with("colour", terminal.isColoured());
  }

  private List<String> variables() {
    return context.environment().keySet().stream()
        .filter(name -> PREFIXES.stream().anyMatch(name::startsWith))
        .sorted()
        .toList();
  }
}

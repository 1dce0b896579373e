package dev.midge.cli.console;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.parse.ClosedDescriptors;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.time.Clock;

/** The context of the process that this JVM is. */
public final class CurrentProcess {
  private CurrentProcess() {}

  /**
   * Returns the context. The launcher tells by {@code midge.terminal} which streams are terminals,
   * and by {@code midge.called} which of mosquitto's names was used.
   */
  public static ProcessContext context() {
    String terminals = System.getProperty("midge.terminal");
    return new ProcessContext(
        System.getProperty("midge.called"),
        // The launcher opens what is closed.
        terminals == null && ClosedDescriptors.isStandardInputClosed()
            ? InputStream.nullInputStream()
            : new FileInputStream(FileDescriptor.in),
        // Not System.out, which swallows write errors.
        new FileOutputStream(FileDescriptor.out),
        System.err,
        System.getenv(),
        terminals != null && terminals.indexOf("out") >= 0,
        terminals != null && terminals.indexOf("err") >= 0,
        Clock::systemDefaultZone,
        Signals::install,
        question -> new ControllingTerminal().ask(question),
        told -> Signals.tellOthers(told, terminals != null && !terminals.isEmpty()),
        terminals != null && terminals.indexOf("in") >= 0);
  }
}

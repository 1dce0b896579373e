package dev.midge.cli.make;

import dev.midge.cli.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the name of this machine. */
final class HostName {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /**
   * Returns the name.
   *
   * @param option whose template asks for it, for the complaint
   * @throws UsageException where the system tells none
   */
  static String get(String option) {
    try {
      // Java would look the address up too, which may take long.
      return Files.readString(LINUX).strip();
    } catch (IOException notLinux) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        throw new UsageException(
            "Error: " + option + ": this machine tells no name for {hostname}.");
      }
    }
  }
}

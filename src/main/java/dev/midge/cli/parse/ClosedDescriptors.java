package dev.midge.cli.parse;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells descriptors that were closed when the JVM started. The JVM opens files of its own then, and
 * these get the numbers that are free: who names such a number would read the JVM's files, or
 * overwrite them. The launcher sees to the first three; this is for the others, and for a JVM that
 * was started without it. Linux only; elsewhere nothing is known.
 */
public final class ClosedDescriptors {
  private static final File ALL = new File("/proc/self/fd");
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final Path ROOT = Path.of("/");
  private static final int MOST_LINKS = 40; // As many as Linux follows.
  private static final Pattern ARCHIVE = Pattern.compile("-XX:(?:SharedArchiveFile|AOTCache)=(.+)");

  private final String home;
  private final List<String> files;

  /**
   * Makes one for a JVM.
   *
   * @param home the directory of its own files
   * @param files other files that it has opened: its class path and its start-up archives
   */
  ClosedDescriptors(File home, List<File> files) throws IOException {
    this.home = home.getCanonicalPath() + "/";
    this.files = new ArrayList<>();
    for (File file : files) {
      this.files.add(file.getCanonicalPath());
    }
  }

  /** Tells whether standard input was closed when the JVM started. */
  public static boolean isStandardInputClosed() {
    return isClosed(ALL + "/0");
  }

  /**
   * Tells whether a file name leads to a descriptor that nobody has given us, be it directly, as
   * {@code /dev/stdin} and {@code /dev/fd/3} do, or through symbolic links.
   */
  public static boolean isClosed(String name) {
    try {
      File file = new File(name);
      // Nearly all files are named without a link, and then no more is to be found out.
      return !file.getCanonicalPath().equals(file.getAbsolutePath()) && ofThisJvm().hasClosed(name);
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  private static ClosedDescriptors ofThisJvm() throws IOException {
    List<File> files = new ArrayList<>();
    add(System.getProperty("java.class.path"), files);
    String words = new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.UTF_8);
    for (String word : words.split("\0")) {
      Matcher archive = ARCHIVE.matcher(word);
      if (archive.matches()) {
        add(archive.group(1), files);
      }
    }
    return new ClosedDescriptors(new File(System.getProperty("java.home")), files);
  }

  private static void add(String paths, List<File> files) {
    for (String path : paths.split(File.pathSeparator)) {
      files.add(new File(path));
    }
  }

  /** Tells whether a file name leads to a descriptor that is the JVM's own. */
  boolean hasClosed(String name) throws IOException {
    String target = new File(name).getCanonicalPath();
    return isOfTheJvm(target)
        && count(target) == 1 // Given to us too, there would be two.
        && isDescriptor(new File(name).getAbsoluteFile().toPath());
  }

  private boolean isOfTheJvm(String path) {
    return path.startsWith(home) || files.contains(path);
  }

  private static int count(String target) throws IOException {
    String[] numbers = ALL.list();
    int count = 0;
    for (String number : numbers == null ? new String[0] : numbers) {
      if (target.equals(new File(ALL, number).getCanonicalPath())) {
        count++;
      }
    }
    return count;
  }

  /** Follows links one by one: the file itself may be named, but not by a descriptor's number. */
  private static boolean isDescriptor(Path path) throws IOException {
    Path descriptors = Path.of("/proc", Files.readSymbolicLink(Path.of("/proc/self")).toString());
    Deque<Path> rest = new ArrayDeque<>();
    path.forEach(rest::addLast);
    Path at = ROOT;
    int links = 0;
    while (!rest.isEmpty()) {
      Path next = at.resolve(rest.removeFirst()).normalize(); // All before the last name is real.
      if (!Files.isSymbolicLink(next)) {
        at = next;
        continue;
      }
      // Beside /proc/1/fd a process has /proc/1/task/1/fd.
      if (rest.isEmpty() && at.startsWith(descriptors) && at.endsWith("fd")) {
        return true;
      }
      if (++links > MOST_LINKS) {
        return false;
      }
      Path link = Files.readSymbolicLink(next);
      at = link.isAbsolute() ? ROOT : at;
      List<Path> names = new ArrayList<>();
      link.forEach(names::add);
      for (int i = names.size() - 1; i >= 0; i--) {
        rest.addFirst(names.get(i));
      }
    }
    return false;
  }
}

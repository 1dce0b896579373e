package dev.midge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A place where a launcher lies, with all that it looks at on the way that is taken every day: a
 * fresh jar, and an archive for the Java that stands in.
 *
 * @param name of the place
 * @param script what is started
 */
record LauncherTree(String name, Path script) {
  private static final long LONGEST_NANOS = 20_000_000_000L;

  /**
   * Lays out a checkout, an installed midge, and one that is started by a link, as packages have
   * it.
   *
   * @param home the checkout that is copied
   * @param launcher the script, of this checkout or another one
   * @param work an empty directory
   * @param standIn home of a Java that ends at once
   */
  static List<LauncherTree> all(Path home, Path launcher, Path work, Path standIn)
      throws IOException, InterruptedException {
    Path checkout = Files.createDirectories(work.resolve("checkout"));
    Files.createSymbolicLink(checkout.resolve("src"), home.resolve("src"));
    Files.copy(
        home.resolve("pom.xml"), checkout.resolve("pom.xml"), StandardCopyOption.COPY_ATTRIBUTES);
    Path installed = Files.createDirectories(work.resolve("usr/lib/midge"));
    Path link = Files.createDirectories(work.resolve("usr/bin")).resolve("midge");
    List<LauncherTree> all =
        List.of(
            tree("in a checkout", home, launcher, checkout, "target"),
            tree("installed", home, launcher, installed, "lib"),
            new LauncherTree("installed, by a link", link));
    Files.copy(home.resolve("src/main/sh/archive"), installed.resolve("lib/archive"));
    Files.createSymbolicLink(link, Path.of("../lib/midge/bin/midge"));
    for (LauncherTree tree : all) {
      tree.haveAnArchive(standIn, tree.name.equals("in a checkout") ? checkout : installed);
    }
    return all;
  }

  private static LauncherTree tree(
      String name, Path home, Path launcher, Path place, String directory) throws IOException {
    Path script = Files.createDirectory(place.resolve("bin")).resolve("midge");
    Files.copy(launcher, script, StandardCopyOption.COPY_ATTRIBUTES);
    Path jars = Files.createDirectory(place.resolve(directory));
    Files.copy(home.resolve("target/midge.jar"), jars.resolve("midge.jar")); // newer than all
    return new LauncherTree(name, script);
  }

  /** Starts it, which leaves an empty one: that tells how it is named. */
  private void haveAnArchive(Path standIn, Path place) throws IOException, InterruptedException {
    ProcessBuilder start = Midge.program("/bin/sh", script.toString(), "pub");
    start.environment().put("JAVA_HOME", standIn.toString());
    start.environment().remove("MIDGE_ARCHIVE");
    Path directory = place.resolve(Files.exists(place.resolve("lib")) ? "lib" : "target");
    long deadline = System.nanoTime() + LONGEST_NANOS;
    boolean isThere = false;
    while (!isThere) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(name + ": no start-up archive in " + directory);
      }
      if (Child.run(start, 0).status() != 0) {
        throw new IOException(name + ": it does not start");
      }
      Thread.sleep(100);
      try (Stream<Path> files = Files.list(directory)) {
        List<Path> archives =
            files.filter(file -> file.getFileName().toString().startsWith("midge-own-")).toList();
        isThere = archives.size() == 1; // and no lock
        if (isThere) {
          Files.writeString(archives.get(0), "none, but java does not look into it");
        }
      }
    }
  }
}

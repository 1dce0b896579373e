package dev.midge.cli.doctor;

import dev.midge.cli.about.StartArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the start-up archives: that of this start, and those of the other parts of midge. */
final class ArchiveCheck implements Check {
  /**
   * Begins the names of archives that the launcher has made; the times of packed ones tell nothing.
   */
  private static final String MADE_HERE = "midge-own-";

  private final StartArchive archive;
  private final @Nullable Path jar;

  /**
   * Makes one.
   *
   * @param jar what the archives are made from; null where nobody knows
   */
  ArchiveCheck(StartArchive archive, @Nullable Path jar) {
    this.archive = archive;
    this.jar = jar;
  }

  @Override
  public Diagnosis look() throws IOException {
    String text = archive.state().text();
    Path path = archive.path();
    String place = path == null ? "" : String.valueOf(path.getParent());
    return switch (archive.state()) {
      case USED, MISSING ->
          Diagnosis.ok(text + others() + (path == null ? "" : " (" + place + ")"));
      case OFF, UNKNOWN -> Diagnosis.ok(text);
      case REFUSED -> Diagnosis.warning(text, "delete " + path + "; a start makes another one");
      case FAILED -> Diagnosis.warning(text, "delete " + path + "; a start tries again");
      case UNTRUSTED ->
          Diagnosis.warning(
              text, "own " + place + " and all above, and chmod go-w; or use another cache");
      case HOMELESS -> Diagnosis.warning(text, "set HOME, or XDG_CACHE_HOME to an absolute path");
    };
  }

  private String others() throws IOException {
    List<String> there = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String part : new String[] {"pub", "broker"}) {
      Path other = archive.ofPart(part);
      if (other != null) {
        (isCurrent(other) ? there : missing).add(part);
      }
    }
    return (there.isEmpty() ? "" : "; there for " + String.join(" and ", there))
        + (missing.isEmpty() ? "" : "; not made yet for " + String.join(" and ", missing));
  }

  private boolean isCurrent(Path other) throws IOException {
    return Files.exists(other)
        && Files.size(other) > 0
        && (jar == null
            || !other.getFileName().toString().startsWith(MADE_HERE)
            || Files.getLastModifiedTime(other).compareTo(Files.getLastModifiedTime(jar)) > 0);
  }
}

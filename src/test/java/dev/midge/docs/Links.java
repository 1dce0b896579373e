package dev.midge.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links of a tree of Markdown pages. */
final class Links {
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern MENTIONED = Pattern.compile("\\bdocs/[\\w/.-]+\\.(?:md|svg)\\b");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\\n]*`");

  private final Path root;

  Links(Path root) {
    this.root = root;
  }

  /** Returns one line for each link of a page that leads nowhere. */
  List<String> broken(Path page) {
    List<String> broken = new ArrayList<>();
    String text = read(page);
    // Links are none within code, where brackets are those of programs.
    for (String target : all(LINK, CODE.matcher(text).replaceAll(""), 1)) {
      if (!leads(page, target)) {
        broken.add(root.relativize(page) + ": " + target);
      }
    }
    for (String file : all(MENTIONED, text, 0)) {
      if (!Files.exists(root.resolve(file))) {
        broken.add(root.relativize(page) + ": " + file);
      }
    }
    return broken;
  }

  /** Returns the files that a page links, without anchors. */
  List<Path> linked(Path page) {
    return all(LINK, read(page), 1).stream()
        .map(target -> page.resolveSibling(target.split("#")[0]).normalize())
        .toList();
  }

  private static boolean leads(Path page, String target) {
    if (target.matches("[a-z]+:.*")) {
      return true;
    }
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
  }

  /** Returns the anchors that GitHub gives to the headings of a page. */
  static List<String> anchors(Path page) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> anchors = new ArrayList<>();
    Matcher headings =
        HEADING.matcher(Pattern.compile("(?ms)^```.*?^```$").matcher(read(page)).replaceAll(""));
    while (headings.find()) {
      String anchor =
          headings
              .group(1)
              .strip()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }

  private static List<String> all(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map(each -> each.group(group)).toList();
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.midge.structure;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds which classes of one package name each other in their code. Nested classes count to the
 * class of their file; comments and the {@code permits} of a sealed type do not count.
 */
final class ClassArrows {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (static )?([\\w.]+?)\\.(\\w+);$");
  private static final Pattern PERMITS = Pattern.compile("\\bpermits\\s+[\\w.,\\s]+\\{");
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|interface|enum|record)\\s+(\\w+)");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Z]\\w*");

  private ClassArrows() {}

  /** Returns for each class of a package the others that it names. */
  static Map<String, Set<String>> between(List<SourceFile> files) {
    Set<String> types = new HashSet<>();
    files.forEach(file -> types.add(file.type()));
    Map<String, Set<String>> arrows = new TreeMap<>();
    files.forEach(file -> arrows.put(file.type(), named(file, types)));
    return arrows;
  }

  private static Set<String> named(SourceFile file, Set<String> types) {
    String code = file.code();
    Set<String> named = new TreeSet<>();
    Set<String> others = new HashSet<>(); // classes of other packages, or nested ones
    Matcher imports = IMPORT.matcher(code);
    while (imports.find()) {
      String from = imports.group(2);
      String owner = from.substring(from.lastIndexOf('.') + 1);
      if (types.contains(owner) && from.endsWith(file.room() + "." + owner)) {
        named.add(owner);
      }
      others.add(imports.group(3));
    }
    String body = PERMITS.matcher(IMPORT.matcher(code).replaceAll("")).replaceAll("{");
    Matcher declared = DECLARED.matcher(body);
    while (declared.find()) {
      others.add(declared.group(1));
    }
    Matcher names = NAME.matcher(body);
    while (names.find()) {
      if (types.contains(names.group()) && !others.contains(names.group())) {
        named.add(names.group());
      }
    }
    named.remove(file.type());
    return named;
  }
}

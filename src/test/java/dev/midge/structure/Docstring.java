package dev.midge.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The docstring of one declaration, in sources as the formatter leaves them.
 *
 * @param text in one line, without the marks of the comment
 * @param declaration the code behind it
 * @param inInterface whether it is a member of an interface, which is public
 */
record Docstring(String text, String declaration, boolean inInterface) {
  private static final Pattern DOCSTRING =
      Pattern.compile("(?m)^( *)/\\*\\*([\\s\\S]*?)\\*/\\s*([^{;]*)");
  private static final Pattern TYPE =
      Pattern.compile(
          "^(?:@\\S+\\s+)*(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed)"
              + "\\s+)*(?:class|interface|enum|record|@interface)\\s+\\w");

  /** Returns all docstrings of a file. */
  static List<Docstring> of(SourceFile file) {
    List<Docstring> all = new ArrayList<>();
    Matcher matcher = DOCSTRING.matcher(file.text());
    while (matcher.find()) {
      String text = matcher.group(2).replaceAll("\\s*\\n\\s*\\*? ?", " ").strip();
      boolean inInterface =
          isInInterface(file.text().substring(0, matcher.start()), matcher.group(1));
      all.add(new Docstring(text, matcher.group(3).strip(), inInterface));
    }
    return all;
  }

  /** Looks for the line that opens the type around: the last one that is indented less. */
  private static boolean isInInterface(String before, String indent) {
    if (indent.isEmpty()) {
      return false;
    }
    String outer = " ".repeat(indent.length() - 2);
    Matcher opening =
        Pattern.compile("(?m)^" + outer + "(?=[^ \\n}*/]).*\\b(class|interface|enum|record) +\\w")
            .matcher(before);
    String kind = "";
    while (opening.find()) {
      kind = opening.group(1);
    }
    return kind.equals("interface");
  }

  boolean isOfType() {
    return TYPE.matcher(declaration).find();
  }

  boolean isOfPublicMember() {
    boolean hidden = declaration.startsWith("private ");
    return declaration.matches("(?s)(@\\S+\\s+)*public\\s.*") || inInterface && !hidden;
  }
}

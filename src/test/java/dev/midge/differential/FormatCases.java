package dev.midge.differential;

import static dev.midge.differential.Messages.decorated;
import static dev.midge.differential.Messages.live;

import java.util.ArrayList;
import java.util.List;

/** -F: every letter and field option that 2.0.11 has too: section 14. */
final class FormatCases {
  private FormatCases() {}

  private static final String[] FORMATS = {
    "",
    "plain text",
    "%%",
    "%t",
    "%20t|%-20t|%.3t|%10.3t|%-10.3t|",
    "%p|%3p|%20p|%-20p|%020p|%-3p",
    "%l|%5l|%-5l|%05l|",
    "%q%r%m",
    "%5q|%05r|",
    "%m|%4m|%-4m|%04m|",
    "%x|%X",
    "%I",
    "%20t%%%20t",
    "@@",
    "\\\\|\\n|\\t|\\r|\\a|\\e|\\v|\\0|",
    "%05t",
    "%.2t|%.0t|%.99t",
    "%C|%20C|%-20C|%.3C|%5.2C|",
    "%R|%20R|%-20R|%.3R|",
    "%D",
    "%P",
    "%A|%5A|%-5A|%05A|",
    "%E|%5E|%-5E|",
    "%F|%5F|%-5F|%05F|",
    "%S|%5S|%-5S|%05S|",
    "%10D|%-10D|",
    "%10P|",
    "%J",
    "%j",
    "%10j|",
    "%10q|%-10r|",
    "[%t] (%p) {%l}",
    "\u00e4%t\u20ac",
  };

  private static final String[] PAYLOADS = {
    "{\"a\":1,\"b\":[1,2,{\"c\":null}],\"d\":{}}",
    "1.50",
    "1e3",
    "12345678901234567890",
    "\"text\"",
    "true",
    " [1 , 2] ",
    "no json",
    "{\"a\":1",
    "[]",
    "\"\\u00e4\\n\\/\"",
    "0.1",
    "1e15",
    "",
    "\"a\nb\"",
    "01",
    "[-.5,2.,-01]",
    "\u000b1\u000c",
    "\"\\ud800\"",
    "1.2.3",
    "\"\\uZZZZ\"",
    "\"a\\u0000b\"",
    "0.30000000000000004",
  };

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String format : FORMATS) {
      for (String version : new String[] {"", "-V 5"}) {
        cases.add(
            Case.sub(
                    "-F '" + format + "' " + version,
                    "-t {t} -q 1 -C 2 -W 5 -F '" + format + "' " + version)
                .whenSubscribed(decorated("{t}", "message", 1), live("{t}", "")));
      }
    }
    for (String payload : PAYLOADS) {
      cases.add(
          Case.sub("%J of " + payload, "-t {t} -C 1 -W 5 -F '<%J>'")
              .whenSubscribed(live("{t}", payload)));
    }
    cases.add(
        Case.sub("%j of text", "-t {t} -C 1 -W 5 -F %j")
            .whenSubscribed(
                live(
                    "{t}",
                    "quote \" backslash \\ control \u0001 tab \t / \u00e4 \ud83d\ude00 \u007f")));
    cases.add(
        Case.sub("%j --pretty", "-t {t} -C 1 -W 5 -F %j --pretty -V 5")
            .whenSubscribed(decorated("{t}", "message", 0)));
    cases.add(
        Case.sub("%J --pretty", "-t {t} -C 1 -W 5 -F %J --pretty")
            .whenSubscribed(live("{t}", "{\"a\":[1,{\"b\":{}},[]],\"c\":\"d\"}")));
    cases.add(
        Case.sub("%J and an error, quietly", "-t {t} -C 1 -W 5 -F '<%J>' --quiet")
            .whenSubscribed(live("{t}", "no json")));
    cases.add(
        Case.sub(
                "-F and several identifiers",
                "-t {t} -D subscribe subscription-identifier 9 -C 1 -W 5 -F '%S %j'")
            .whenSubscribed(live("{t}", "message")));
    return cases;
  }
}

package dev.midge.differential;

import static dev.midge.mqtt.packet.PacketType.CONNECT;
import static dev.midge.mqtt.packet.PacketType.DISCONNECT;
import static dev.midge.mqtt.packet.PacketType.PUBLISH;
import static dev.midge.mqtt.packet.PacketType.PUBREL;

import java.util.ArrayList;
import java.util.List;

/** pub: payloads, QoS, retain, repetition, lines, and brokers that misbehave: section 12. */
final class PublishCases {
  private PublishCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    addPayloads(cases);
    addLines(cases);
    addProperties(cases);
    addDebug(cases);
    addNegativeAcknowledgements(cases);
    addLosses(cases);
    addLimits(cases);
    return cases;
  }

  private static void addPayloads(List<Case> cases) {
    for (String version : new String[] {"-V 31", "-V 311", "-V 5"}) {
      for (int qos = 0; qos < 3; qos++) {
        String end = " -q " + qos + " " + version;
        cases.add(Case.pub("message" + end, "-t {t} -m hello" + end));
      }
      cases.add(Case.pub("retained " + version, "-t {t} -m hello -q 1 -r " + version));
    }
    cases.add(Case.pub("empty -m", "-t {t} -m ''"));
    cases.add(Case.pub("-n", "-t {t} -n -r -q 1"));
    cases.add(Case.pub("-m is an option", "-t {t} -m --help"));
    cases.add(Case.pub("-m UTF-8", "-t {t}/\u00fc -m '\u20ac \ud83d\ude00'"));
    cases.add(
        Case.pub("-m UTF-8 in locale C", "-t {t}/\u00fc -m '\u20ac \ud83d\ude00'")
            .environment("LC_ALL", "C"));
    cases.add(Case.pub("-m odd bytes", "-t {t} -m '\udcff\udcfe\udc80'"));
    cases.add(Case.pub("topic of blanks", "-t ' {t} x ' -m x"));
    cases.add(Case.pub("topic with $", "-t '$x/{t}' -m x"));
    cases.add(Case.pub("topic with 200 slashes", "-t " + "/".repeat(200) + " -m x"));
    cases.add(Case.pub("topic with 201 slashes", "-t " + "/".repeat(201) + " -m x"));
    cases.add(Case.pub("the last topic wins", "-t {t}/1 -t {t}/2 -m x"));
    cases.add(Case.pub("file", "-t {t} -f {dir}/payload").file("payload", "two\nlines\n"));
    cases.add(Case.pub("-f empty", "-t {t} -f {dir}/payload -q 1").file("payload", ""));
    cases.add(Case.pub("-f directory", "-t {t} -f {dir}/d").file("d/x", ""));
    cases.add(Case.pub("-f /dev/null", "-t {t} -f /dev/null"));
    cases.add(Case.pub("-s", "-t {t} -s").input(allBytes()));
    cases.add(Case.pub("-s 100 kB QoS 2", "-t {t} -s -q 2").input("x".repeat(100_000)));
    cases.add(Case.pub("repeat", "-t {t} -m x --repeat 3"));
    cases.add(Case.pub("--repeat QoS 1", "-t {t} -m x --repeat 3 -q 1"));
    cases.add(Case.pub("--repeat QoS 2", "-t {t} -m x --repeat 2 -q 2 -V 5"));
    cases.add(Case.pub("--repeat -n", "-t {t} -n --repeat 2 --repeat-delay 0.1"));
    cases.add(Case.pub("--repeat lenient", "-t {t} -m x --repeat 2.9 --repeat-delay .1x"));
    cases.add(Case.pub("--repeat -s", "-t {t} -s --repeat 2").input("abc"));
    cases.add(Case.pub("--repeat -d", "-t {t} -m x --repeat 2 -d -i {id} -q 1"));
  }

  private static void addLines(List<Case> cases) {
    cases.add(Case.pub("-l", "-t {t} -l").input("one\ntwo\n\nfour"));
    cases.add(Case.pub("-l empty input", "-t {t} -l"));
    cases.add(Case.pub("-l CR", "-t {t} -l").input("one\r\ntwo\r\r\n \n"));
    cases.add(Case.pub("-l one LF", "-t {t} -l -r").input("\n"));
    cases.add(Case.pub("-l odd bytes", "-t {t} -l").input(withoutNul()));
    cases.add(Case.pub("-l NUL", "-t {t} -l").input("a\0b\nc\n"));
    cases.add(Case.pub("-l long line", "-t {t} -l").input("x".repeat(70_000) + "\ny\n"));
    cases.add(Case.pub("-l QoS 1", "-t {t} -l -q 1").input("1\n2\n3\n").inAnyOrder());
    cases.add(Case.pub("-l QoS 2", "-t {t} -l -q 2 -V 5").input("1\n2\n3\n").inAnyOrder());
    cases.add(Case.pub("-l QoS 1 -M 1", "-t {t} -l -q 1 -M 1").input("1\n2\n3\n4\n"));
    cases.add(Case.pub("-l ignores --repeat", "-t {t} -l --repeat 3").input("1\n"));
    cases.add(
        Case.pub("-l 50 lines QoS 1", "-t {t} -l -q 1").input("line\n".repeat(50)).inAnyOrder());
    cases.add(
        Case.pub("-l with a topic alias", "-t {t} -l -V 5 -D publish topic-alias 3")
            .input("1\n2\n3\n"));
  }

  private static void addProperties(List<Case> cases) {
    String[] lines = {
      "content-type text/plain",
      "correlation-data '\udcff\udc80x'",
      "message-expiry-interval 60",
      "payload-format-indicator 1",
      "response-topic a/b",
      "topic-alias 1",
      "user-property k v",
      "user-property '' ''",
      "Content-Type x",
      "message-expiry-interval ' 7x'",
      "user-property b 2 -D publish user-property a 1 -D publish content-type c"
          + " -D publish user-property b 2",
      "content-type ''",
      "correlation-data ''",
    };
    for (String line : lines) {
      cases.add(Case.pub("property " + line, "-t {t} -m x -D publish " + line));
    }
    cases.add(
        Case.pub("topic alias and repeat", "-t {t} -m x -D publish topic-alias 2 --repeat 3"));
  }

  private static void addDebug(List<Case> cases) {
    for (String version : new String[] {"-V 31", "-V 311", "-V 5"}) {
      for (int qos = 0; qos < 3; qos++) {
        String end = "-q " + qos + " " + version;
        cases.add(Case.pub("-d " + end, "-t {t} -m hello -d -i {id} " + end));
      }
    }
    cases.add(Case.pub("-d without id", "-t {t} -m hello -d"));
    cases.add(Case.pub("-d without id 5", "-t {t} -m hello -d -V 5"));
    cases.add(Case.pub("-d without id 31", "-t {t} -m hello -d -V 31"));
    cases.add(Case.pub("-d -I", "-t {t} -m hello -d -I {id} -r"));
    cases.add(Case.pub("-d -l", "-t {t} -l -d -i {id}").input("1\n"));
  }

  private static void addNegativeAcknowledgements(List<Case> cases) {
    for (int code : new int[] {0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99}) {
      String hex = String.format("%02x", code);
      cases.add(
          Case.pub("PUBACK with " + code, "-V 5 -t a -m x -q 1")
              .against(Script.v5().welcome().on(PUBLISH).send("40 03 0001" + hex)));
      cases.add(
          Case.pub("PUBREC with " + code, "-V 5 -t a -m x -q 2")
              .against(
                  Script.v5()
                      .welcome()
                      .on(PUBLISH)
                      .send("50 03 0001" + hex)
                      .on(PUBREL)
                      .send("70 02 0001")));
    }
    String reason = "40 0b 0001 87 07 1f 0004 6e6f7065";
    cases.add(
        Case.pub("PUBACK with a reason string", "-V 5 -t a -m x -q 1")
            .against(Script.v5().welcome().on(PUBLISH).send(reason)));
    cases.add(
        Case.pub("PUBACK with an error, quietly", "-V 5 -t a -m x -q 1 --quiet")
            .against(Script.v5().welcome().on(PUBLISH).send("40 03 0001 87")));
    cases.add(
        Case.pub("PUBACK with an error, -d", "-V 5 -t a -m x -q 1 -d -i id")
            .against(Script.v5().welcome().on(PUBLISH).send("40 03 0001 87")));
    cases.add(
        Case.pub("PUBCOMP with an error", "-V 5 -t a -m x -q 2")
            .against(
                Script.v5()
                    .welcome()
                    .on(PUBLISH)
                    .send("50 02 0001")
                    .on(PUBREL)
                    .send("70 03 0001 92")));
    cases.add(
        Case.pub("PUBACK twice", "-t a -m x -q 1")
            .lastWordsMayBeLost()
            .against(Script.v3().welcome().on(PUBLISH).send("40 02 0001 40 02 0001")));
    cases.add(
        Case.pub("PUBACK of another", "-t a -m x -q 1")
            .against(Script.v3().welcome().on(PUBLISH).send("40 02 0009 40 02 0001")));
  }

  private static void addLosses(List<Case> cases) {
    Script atOnce = Script.v3().on(CONNECT).close();
    cases.add(Case.pub("closed at CONNECT", "-t a -m x").against(atOnce));
    cases.add(Case.pub("reset at CONNECT", "-t a -m x").against(Script.v3().on(CONNECT).reset()));
    cases.add(Case.pub("closed at CONNECT, quietly", "-t a -m x --quiet").against(atOnce));
    cases.add(
        Case.pub("closed at PUBLISH QoS 1", "-t a -m x -q 1")
            .against(Script.v3().welcome().on(PUBLISH).close()));
    cases.add(
        Case.pub("reset at PUBLISH QoS 2", "-t a -m x -q 2")
            .against(Script.v3().welcome().on(PUBLISH).reset()));
    cases.add(
        Case.pub("closed at PUBREL", "-t a -m x -q 2")
            .against(Script.v3().welcome().on(PUBLISH).send("50 02 0001").on(PUBREL).close()));
    cases.add(
        Case.pub("closed at DISCONNECT", "-t a -m x")
            .against(Script.v3().welcome().on(DISCONNECT).close()));
    for (int code : new int[] {0x00, 0x81, 0x82, 0x8b, 0x8e, 0x98}) {
      cases.add(
          Case.pub("DISCONNECT with " + code, "-V 5 -t a -m x -q 1")
              .against(
                  Script.v5()
                      .welcome()
                      .on(PUBLISH)
                      .send("e0 01 " + String.format("%02x", code))
                      .close()));
    }
    cases.add(
        Case.pub("DISCONNECT with -d", "-V 5 -t a -m x -q 1 -d -i id")
            .against(Script.v5().welcome().on(PUBLISH).send("e0 01 8b").close()));
    cases.add(
        Case.pub("-l reconnects and sends again", "-t a -l -q 1 -i id")
            .input("1\n")
            .against(
                Script.v3()
                    .welcome()
                    .on(PUBLISH)
                    .close()
                    .nextConnection()
                    .welcome()
                    .on(PUBLISH)
                    .send("40 02 0001")));
    cases.add(
        Case.pub("-l reconnects and sends again, QoS 2", "-t a -l -q 2 -i id")
            .input("1\n")
            .against(
                Script.v3()
                    .welcome()
                    .on(PUBLISH)
                    .close()
                    .nextConnection()
                    .welcome()
                    .on(PUBLISH)
                    .send("50 02 0001")
                    .on(PUBREL)
                    .send("70 02 0001")));
    String[][] nonsense = {
      {"a PUBLISH of QoS 3", "36 05 0001 61 0001"},
      {"a CONNACK more", "20 02 00 00"},
      {"a SUBSCRIBE", "82 06 0001 0001 61 00"},
      {"type 0", "00 00"},
      {"PUBACK too short", "40 01 00"},
      {"AUTH", "f0 02 18 00"},
    };
    for (String[] one : nonsense) {
      cases.add(
          Case.pub("broker sends " + one[0], "-t a -m x -q 1")
              .limitSeconds(6)
              .against(Script.v3().welcome().on(PUBLISH).send(one[1])));
      cases.add(
          Case.pub("broker sends in 5 " + one[0], "-V 5 -t a -m x -q 1")
              .limitSeconds(6)
              .against(Script.v5().welcome().on(PUBLISH).send(one[1])));
    }
    cases.add(
        Case.pub("session present though clean", "-t a -m x")
            .against(Script.v3().on(CONNECT).send("20 02 01 00")));
    cases.add(
        Case.pub("session present though clean, 5", "-t a -m x -V 5")
            .against(Script.v5().on(CONNECT).send("20 03 01 00 00")));
  }

  private static void addLimits(List<Case> cases) {
    cases.add(
        Case.pub("QoS above the maximum", "-V 5 -t a -m x -q 2")
            .against(Script.v5().on(CONNECT).send("20 05 00 00 02 24 01")));
    cases.add(
        Case.pub("QoS 1 where 0 is the maximum", "-V 5 -t a -m x -q 1")
            .against(Script.v5().on(CONNECT).send("20 05 00 00 02 24 00")));
    cases.add(
        Case.pub("no retain", "-V 5 -t a -m x -r")
            .against(Script.v5().on(CONNECT).send("20 05 00 00 02 25 00")));
    cases.add(
        Case.pub("packet too large", "-V 5 -t a -m 0123456789012345678901234567890123456789")
            .against(Script.v5().on(CONNECT).send("20 08 00 00 05 27 00000014")));
    cases.add(
        Case.pub("-l packet too large", "-V 5 -t a -l")
            .input("0123456789012345678901234567890123456789\n")
            .against(Script.v5().on(CONNECT).send("20 08 00 00 05 27 00000014")));
    cases.add(
        Case.pub("assigned id", "-V 5 -t a -m x -d")
            .against(Script.v5().on(CONNECT).send("20 08 00 00 05 12 0002 6162")));
    cases.add(
        Case.pub("receive maximum 1", "-V 5 -t a -l -q 1")
            .input("1\n2\n")
            .against(
                Script.v5()
                    .on(CONNECT)
                    .send("20 06 00 00 03 21 0001")
                    .on(PUBLISH)
                    .send("40 02 0001")
                    .on(PUBLISH)
                    .send("40 02 0002")));
    cases.add(
        Case.pub("server keep alive", "-V 5 -t a -m x")
            .against(Script.v5().on(CONNECT).send("20 06 00 00 03 13 000a")));
  }

  private static byte[] allBytes() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static byte[] withoutNul() {
    byte[] bytes = allBytes();
    bytes[0] = 'x';
    return bytes;
  }
}

package dev.midge.differential;

import static dev.midge.differential.Messages.live;
import static dev.midge.differential.Messages.retained;
import static dev.midge.mqtt.packet.PacketType.CONNECT;
import static dev.midge.mqtt.packet.PacketType.PINGREQ;
import static dev.midge.mqtt.packet.PacketType.PUBACK;
import static dev.midge.mqtt.packet.PacketType.PUBCOMP;
import static dev.midge.mqtt.packet.PacketType.PUBLISH;
import static dev.midge.mqtt.packet.PacketType.PUBREC;
import static dev.midge.mqtt.packet.PacketType.SUBSCRIBE;
import static dev.midge.mqtt.packet.PacketType.UNSUBSCRIBE;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;

/** sub: what it subscribes to, takes, leaves out, and how it ends: section 13. */
final class SubscribeCases {
  private SubscribeCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    addSubscriptions(cases);
    addReceiving(cases);
    addSelections(cases);
    addEnds(cases);
    addDebug(cases);
    addFailures(cases);
    addConnectionFailures(cases);
    return cases;
  }

  private static void addSubscriptions(List<Case> cases) {
    String[] lines = {
      "-t {t}",
      "-t {t} -q 1",
      "-t {t} -q 2 -V 31",
      "-t {t} -q 1 -V 5",
      "-t {t}/1 -t {t}/+ -t {t}/#",
      "-t {t} -t {t}",
      "-t '$SYS/nothing/{t}'",
      "-t {t}/\u00fc/+",
      "-t $share/g/{t} -V 5",
      "-t {t} -R -V 5",
      "-t {t} -R",
      "-t {t} --retain-as-published -V 5",
      "-t {t} -q 2 -R -V 5" + " --retain-as-published",
      "-t {t} --retain-as-published",
      "-t {t} -D subscribe subscription-identifier 7",
      "-t {t} -D subscribe user-property k v",
      "-t {t} -D subscribe subscription-identifier 268435455 -D subscribe user-property a b",
      "-t {t} -D subscribe subscription-identifier 0",
      "-t {t} -D subscribe subscription-identifier 1 -D subscribe subscription-identifier 2",
      "-t {t} -D subscribe user-property k v -V 311",
      "-t {t} -D disconnect user-property k v",
    };
    for (String line : lines) {
      cases.add(Case.sub("-E " + line, "-E -i {id} " + line).limitSeconds(3));
    }
  }

  private static void addReceiving(List<Case> cases) {
    for (String version : new String[] {"-V 31", "-V 311", "-V 5"}) {
      for (int qos = 0; qos < 3; qos++) {
        String end = "-q " + qos + " " + version;
        cases.add(
            Case.sub("receive " + end, "-t {t} -C 2 -W 5 " + end)
                .whenSubscribed(live("{t}", "one", qos), live("{t}", "two", 2)));
      }
    }
    String[] outputs = {"", "-v", "-N", "-v -N", "-F '%t|%p|%q|%r|%l'", "-F x -v", "-N -F '%p,'"};
    for (String output : outputs) {
      cases.add(
          Case.sub("output " + output, "-t {t}/# -C 4 -W 5 " + output)
              .whenSubscribed(
                  live("{t}/1", "text"),
                  live("{t}/2", ""),
                  live("{t}", "two\nlines\n"),
                  Messages.bytes("{t}/\u00fc", new byte[] {0, (byte) 0xFF, 10, 13, 0x1B})));
    }
    cases.add(
        Case.sub("-C 3 of 5", "-t {t} -C 3 -W 5")
            .lastWordsMayBeLost()
            .whenSubscribed(
                live("{t}", "1"),
                live("{t}", "2"),
                live("{t}", "3"),
                live("{t}", "4"),
                live("{t}", "5")));
    cases.add(Case.sub("-C lenient", "-t {t} -C 1x -W 5.9").whenSubscribed(live("{t}", "1")));
    cases.add(
        Case.sub("-C counts empty ones", "-t {t} -C 2 -W 5")
            .whenSubscribed(live("{t}", ""), live("{t}", "")));
    cases.add(
        Case.sub("100 kB", "-t {t} -C 1 -W 5 -q 2")
            .whenSubscribed(live("{t}", "0123456789".repeat(10_000), 2)));
    for (int qos = 1; qos < 3; qos++) {
      int level = qos;
      cases.add(
          Case.sub("session resumed " + qos, "-t {t} -c -i {id} -C 3 -W 5 -q " + qos)
              .inAnyOrder()
              .whenSubscribed(live("{t}", "3", qos))
              .after(s -> s.leaveSession(ProtocolVersion.V3_1_1, "{id}", "{t}", Properties.NONE))
              .after(s -> s.publish(List.of(live("{t}", "1", level), live("{t}", "2", level)))));
    }
    cases.add(
        Case.sub("session resumed 5", "-V 5 -t {t} -c -i {id} -C 3 -W 5 -q 1")
            .inAnyOrder()
            .whenSubscribed(live("{t}", "3", 1))
            .after(
                s ->
                    s.leaveSession(
                        ProtocolVersion.V5,
                        "{id}",
                        "{t}",
                        Properties.of(Property.SESSION_EXPIRY_INTERVAL, 100)))
            .after(s -> s.publish(List.of(live("{t}", "1", 1), live("{t}", "2", 1)))));
  }

  private static void addSelections(List<Case> cases) {
    Message[] three = {retained("{t}/a", "A"), retained("{t}/b", "B"), retained("{t}/c", "C")};
    Message end = live("{t}/end", "end");
    String[] lines = {
      "-v -C 4",
      "-v -C 1 -R",
      "-v -C 1 -R -V 5",
      "-v --retained-only",
      "-v --retained-only -V 5",
      "-v --retained-only --retain-as-published -V 5",
      "-v -C 3 -T {t}/b",
      "-v -C 1 -T {t}/+ -T x",
      "-v -T {t}/# -C 1",
      "-v -C 2 -T {t}/b -T {t}/c",
      "-v -C 4 -F '%r %t %p'",
      "-v -C 4 -F '%r %p' --retain-as-published -V 5",
      "-v -C 2",
      "-E -v",
      "-E -v -q 1",
      "-v -T '+/b' -C 4",
      "-v -R -T {t}/end",
      "-C 1 -R -N",
      "-v --remove-retained",
      "-v --remove-retained -q 1 -V 5",
      "-v --remove-retained -T {t}/b",
      "-v --remove-retained -R",
      "-v --remove-retained -C 3",
      "-v --remove-retained --retained-only",
      "-C 4 --random-filter 100",
      "-v --remove-retained -d -i {id}",
    };
    for (String line : lines) {
      // One topic after the other, so that the order of the retained ones is the same.
      String topics = " -t {t}/a -t {t}/b -t {t}/c -t {t}/end";
      Case act =
          Case.sub("select " + line, line + topics + " -W 2")
              .after(s -> s.publish(List.of(three)))
              .whenSubscribed(end);
      // While retained messages are still coming, or clearings on their way, order is by chance.
      cases.add(
          line.contains("--remove-retained")
              ? act.inAnyOrder()
              : line.equals("-v -C 2") ? act.lastWordsMayBeLost() : act);
    }
    cases.add(
        Case.sub("-T and $ topics", "-t {t}/x -t '$y/{t}' -T '#' -T '$y/#' -W 1 -v")
            .whenSubscribed(live("{t}/x", "1"), live("$y/{t}", "2")));
    cases.add(
        Case.sub("-T + does not match $", "-t '$y/{t}' -T '+/{t}' -C 1 -W 2 -v")
            .whenSubscribed(live("$y/{t}", "2")));
    cases.add(
        Case.sub("-U takes a subscription away", "-t {t} -t {t}/2 -U {t} -c -i {id} -W 1 -v -d")
            .inAnyOrder());
    for (String line :
        new String[] {
          "-t {t} -U {t}/u -V 31",
          "-t {t} -U {t}/u -U {t}/v -V 5",
          "-t {t}/1 -t {t}/2 -U {t}/1 -d",
          "-t {t} -U {t}/u -D unsubscribe user-property k v",
        }) {
      cases.add(Case.sub("unsubscribe " + line, "-W 1 -i {id} " + line).inAnyOrder());
    }
    cases.add(Case.sub("only -U", "-U {t} -W 1"));
  }

  private static void addEnds(List<Case> cases) {
    for (String version : new String[] {"-V 31", "-V 311", "-V 5"}) {
      cases.add(Case.sub("-W 1 " + version, "-t {t} -W 1 " + version));
      cases.add(
          Case.sub("SIGTERM " + version, "-t {t} " + version).signalledWhenSubscribed("TERM"));
      cases.add(Case.sub("SIGINT " + version, "-t {t} " + version).signalledWhenSubscribed("INT"));
      cases.add(Case.sub("-W 1 with will " + version, "-t {t} -W 1 --will-topic {t} " + version));
    }
    cases.add(Case.sub("SIGHUP", "-t {t}").signalledWhenSubscribed("HUP"));
    cases.add(Case.sub("-W 1 --quiet", "-t {t} -W 1 --quiet"));
    cases.add(Case.sub("-W 1 with properties", "-t {t} -W 1 -D disconnect reason-string bye"));
    cases.add(Case.sub("-W 1 and no CONNACK", "-t a -W 1").against(Script.v3().on(PINGREQ)));
    cases.add(
        Case.sub("-W 1 and no CONNACK in 5", "-V 5 -t a -W 1").against(Script.v5().on(PINGREQ)));
    cases.add(Case.sub("-W 1 and no SUBACK", "-t a -W 1").against(Script.v3().welcome()));
    cases.add(Case.sub("-W 1 -d", "-t {t} -W 1 -d -i {id}"));
    cases.add(
        Case.sub("-W 1 while reconnecting", "-t a -W 1")
            .against(
                Script.v3().welcome().on(SUBSCRIBE).close().nextConnection().on(CONNECT).close()));
  }

  private static void addDebug(List<Case> cases) {
    for (String version : new String[] {"-V 31", "-V 311", "-V 5"}) {
      for (int qos = 0; qos < 3; qos++) {
        String end = "-q " + qos + " " + version;
        cases.add(
            Case.sub("-d " + end, "-t {t} -t {t}/x -C 2 -W 5 -d -i {id} " + end)
                .inAnyOrder()
                .whenSubscribed(live("{t}", "one", qos), live("{t}", "two", 2)));
      }
    }
    cases.add(Case.sub("-d without id", "-t {t} -E -d"));
    cases.add(Case.sub("-d without id 5", "-t {t} -E -d -V 5 -q 2"));
    cases.add(Case.sub("-d -R", "-t {t} -E -d -V 5 -R --retain-as-published -i {id}"));
    cases.add(Case.sub("-d --quiet", "-t {t} -E -d --quiet -i {id}"));
    cases.add(
        Case.sub("-d and the order of PUBACK", "-t a -q 1 -d -V 5 -i id -C 2 -W 3")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 01")
                    .message("a", "x", 1, false, Properties.NONE)
                    .on(PUBACK)
                    .message("a", "last")));
    cases.add(
        Case.sub("-d and the order of PUBCOMP", "-t a -q 2 -d -V 5 -i id -C 2 -W 3")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 02")
                    .message("a", "x", 2, false, Properties.NONE)
                    .on(PUBREC)
                    .send("62 02 0007")
                    .on(PUBCOMP)
                    .message("a", "last")));
    cases.add(
        Case.sub("-d and DISCONNECT", "-t a -d -V 5 -i id -W 2")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 00")
                    .send("e0 01 8b")
                    .close()
                    .nextConnection()
                    .on(CONNECT)
                    .send("20 03 00 88 00")));
  }

  private static void addFailures(List<Case> cases) {
    for (int code : new int[] {0x80, 0x83, 0x87, 0x8f, 0xa2}) {
      String hex = String.format("%02x", code);
      cases.add(
          Case.sub("SUBACK with " + code, "-t a -V 5 -W 2")
              .against(Script.v5().welcome().on(SUBSCRIBE).send("90 04 0001 00" + hex)));
    }
    Script refused = Script.v3().welcome().on(SUBSCRIBE).send("90 03 0001 80");
    cases.add(Case.sub("SUBACK with failure in 3.1.1", "-t a -W 2").against(refused));
    cases.add(Case.sub("SUBACK with failure, quietly", "-t a -W 2 --quiet").against(refused));
    cases.add(Case.sub("SUBACK with failure, -d", "-t a -W 2 -d -i id").against(refused));
    cases.add(Case.sub("SUBACK with failure, -E", "-t a -W 2 -E").against(refused));
    cases.add(
        Case.sub("SUBACK with failure and -U", "-t a -U b -W 2")
            .lastWordsMayBeLost()
            .against(
                Script.v3()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 03 0001 80")
                    .on(UNSUBSCRIBE)
                    .send("b0 02 0002")));
    cases.add(
        Case.sub("some refused", "-t a -t b -C 1 -W 2")
            .against(
                Script.v3().welcome().on(SUBSCRIBE).send("90 04 0001 80 01").message("b", "fine")));
    cases.add(
        Case.sub("all of two refused", "-t a -t b -W 2")
            .against(Script.v3().welcome().on(SUBSCRIBE).send("90 04 0001 80 80")));
    cases.add(
        Case.sub("granted less", "-t a -q 2 -d -i id -E")
            .against(Script.v3().welcome().on(SUBSCRIBE).send("90 03 0001 00")));
  }

  private static void addConnectionFailures(List<Case> cases) {
    Script again =
        Script.v3()
            .welcome()
            .on(SUBSCRIBE)
            .send("90 03 0001 00")
            .message("a", "before")
            .close()
            .nextConnection()
            .welcome()
            .on(SUBSCRIBE)
            .send("90 03 0002 00")
            .message("a", "after");
    cases.add(Case.sub("reconnects", "-t a -C 2 -W 6").against(again));
    cases.add(Case.sub("reconnects with -d", "-t a -C 2 -W 6 -d -i id").against(again));
    cases.add(
        Case.sub("reconnects and is refused", "-t a -W 6")
            .against(
                Script.v3()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 03 0001 00")
                    .reset()
                    .nextConnection()
                    .on(CONNECT)
                    .send("20 02 00 03")));
    cases.add(
        Case.sub("closed at CONNECT", "-t a -W 3")
            .against(
                Script.v3().on(CONNECT).close().nextConnection().on(CONNECT).send("20 02 00 03")));
    cases.add(
        Case.sub("QoS 2 twice", "-t a -q 2 -C 2 -W 3 -V 5")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 02")
                    .message("a", "x", 2, false, Properties.NONE)
                    .on(PUBREC)
                    .send("3c 07 0001 61 0007 00 78")
                    .on(PUBREC)
                    .send("62 02 0007")
                    .message("a", "last")));
    cases.add(
        Case.sub("topic alias", "-t a -V 5 -D connect topic-alias-maximum 5 -C 2 -W 3 -v")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 00")
                    .send("30 08 0001 61 03 23 0001 78")
                    .send("30 07 0000 03 23 0001 79")));
    String[][] nonsense = {
      {"PUBLISH of QoS 3", "36 05 0001 61 0001"},
      {"PUBLISH to a wildcard", "30 04 0001 23 78"},
      {"PUBLISH with an empty topic", "30 03 0000 78"},
      {"PUBLISH too short", "30 03 0008 61"},
      {"a CONNACK more", "20 02 00 00"},
      {"a CONNECT", "10 0c 0004 4d515454 04 02 003c 0000"},
      {"type 0", "00 00"},
      {"SUBACK empty", "90 02 0001"},
      {"PUBREL with wrong flags", "60 02 0001"},
    };
    for (String[] one : nonsense) {
      Script script =
          Script.v3()
              .welcome()
              .on(SUBSCRIBE)
              .send("90 03 0001 00")
              .send(one[1])
              .nextConnection()
              .on(CONNECT)
              .send("20 02 00 03");
      cases.add(Case.sub("broker sends " + one[0], "-t a -W 3").against(script));
    }
    cases.add(
        Case.sub("broker sends AUTH", "-t a -W 3 -V 5")
            .against(Script.v5().welcome().on(SUBSCRIBE).send("f0 02 18 00")));
    cases.add(
        Case.sub("unknown property", "-t a -W 3 -V 5")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("30 07 0001 61 02 7e 01 78")
                    .nextConnection()
                    .on(CONNECT)
                    .send("20 03 00 88 00")));
    for (String line : new String[] {"", " -V 5"}) {
      Script pings = line.isEmpty() ? Script.v3() : Script.v5();
      cases.add(
          Case.sub("pings" + line, "-t a -k 5 -C 1 -W 9 -d -i id" + line)
              .against(
                  pings
                      .welcome()
                      .on(SUBSCRIBE)
                      .send(line.isEmpty() ? "90 03 0001 00" : "90 04 0001 00 00")
                      .on(PINGREQ)
                      .send("d0 00")
                      .message("a", "x")));
    }
    cases.add(
        Case.sub("server keep alive", "-V 5 -t a -C 1 -W 9")
            .against(
                Script.v5()
                    .on(CONNECT)
                    .send("20 06 00 00 03 13 0005")
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 00")
                    .on(PINGREQ)
                    .send("d0 00")
                    .message("a", "x")));
    cases.add(
        Case.sub("pings without answer", "-t a -k 5 -W 14 -d -i id")
            .limitSeconds(20)
            .against(
                Script.v3()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 03 0001 00")
                    .nextConnection()
                    .on(CONNECT)
                    .send("20 02 00 03")));
    cases.add(
        Case.sub("PUBLISH before SUBACK", "-t a -E -W 3 -v")
            .against(
                Script.v3().welcome().on(SUBSCRIBE).message("a", "early").send("90 03 0001 00")));
    cases.add(
        Case.sub("clearing is refused", "-t a -V 5 -v --remove-retained -C 1 -W 2")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 00")
                    .message("a", "x", 0, true, Properties.NONE)
                    .on(PUBLISH)
                    .send("40 03 0002 87")));
  }
}

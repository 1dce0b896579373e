package dev.midge.differential;

import static dev.midge.mqtt.packet.PacketType.CONNECT;
import static dev.midge.mqtt.packet.PacketType.PINGREQ;
import static dev.midge.mqtt.packet.PacketType.PUBACK;
import static dev.midge.mqtt.packet.PacketType.PUBCOMP;
import static dev.midge.mqtt.packet.PacketType.PUBLISH;
import static dev.midge.mqtt.packet.PacketType.PUBREC;
import static dev.midge.mqtt.packet.PacketType.PUBREL;
import static dev.midge.mqtt.packet.PacketType.SUBSCRIBE;
import static dev.midge.mqtt.packet.PacketType.UNSUBSCRIBE;

import dev.midge.mqtt.Properties;
import java.util.ArrayList;
import java.util.List;

/**
 * The life of a session against brokers that are played: what CONNACK orders, what goes on over
 * several connections, and packets that come when nobody expects them. Sections 8 and 10 to 15.
 */
final class SessionCases {
  private static final String SUBACK = "90 04 0001 00 00";
  private static final String REFUSED_V3 = "20 02 00 03";
  private static final String REFUSED_V5 = "20 03 00 88 00";

  private SessionCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    addOrders(cases);
    addReconnections(cases);
    addLineStreams(cases);
    addSurprises(cases);
    addSurprisesOfRequests(cases);
    addSilence(cases);
    addSignals(cases);
    return cases;
  }

  /** What CONNACK says about the session. */
  private static void addOrders(List<Case> cases) {
    String assigned = "20 08 00 00 05 12 0002 6162";
    cases.add(
        Case.pub("assigned id though one was sent", "-V 5 -t a -m x -i id")
            .against(Script.v5().on(CONNECT).send(assigned)));
    cases.add(
        Case.sub("assigned id, -d, and reconnecting", "-V 5 -t a -d -W 6")
            .against(
                Script.v5()
                    .on(CONNECT)
                    .send(assigned)
                    .on(SUBSCRIBE)
                    .send(SUBACK)
                    .close()
                    .nextConnection()
                    .on(CONNECT)
                    .send(REFUSED_V5)));
    for (String line : new String[] {"-V 5 -c -i id", "-V 5 -x 9 -i id", "-V 5"}) {
      cases.add(
          Case.sub("will without retain when reconnecting " + line, withWill(line))
              .against(
                  Script.v5()
                      .on(CONNECT)
                      .send("20 05 00 00 02 25 00")
                      .on(SUBSCRIBE)
                      .send(SUBACK)
                      .close()
                      .nextConnection()
                      .on(CONNECT)
                      .send(REFUSED_V5)));
    }
    cases.add(
        Case.pub("receive maximum above -M", "-V 5 -t a -l -q 1 -M 1")
            .input("1\n2\n3\n")
            .against(
                Script.v5()
                    .on(CONNECT)
                    .send("20 06 00 00 03 21 0003")
                    .on(PUBLISH)
                    .on(PUBLISH)
                    .on(PUBLISH)
                    .send("40 02 0001 40 02 0002 40 02 0003")));
    cases.add(
        Case.pub("-M where CONNACK has no receive maximum", "-V 5 -t a -l -q 2 -M 1")
            .input("1\n2\n")
            .against(
                Script.v5()
                    .welcome()
                    .on(PUBLISH)
                    .send("50 02 0001")
                    .on(PUBREL)
                    .send("70 02 0001")
                    .on(PUBLISH)
                    .send("50 02 0002")
                    .on(PUBREL)
                    .send("70 02 0002")));
    cases.add(
        Case.pub("-l where the broker keeps nothing", "-V 5 -t a -l -r -q 1")
            .input("1\n2\n")
            .against(
                Script.v5()
                    .on(CONNECT)
                    .send("20 05 00 00 02 25 00")
                    .on(PUBLISH)
                    .send("40 02 0001")
                    .on(PUBLISH)
                    .send("40 02 0002")));
    cases.add(
        Case.pub("-l QoS above the maximum", "-V 5 -t a -l -q 1")
            .input("1\n2\n")
            .against(Script.v5().on(CONNECT).send("20 05 00 00 02 24 00")));
    cases.add(
        Case.pub("packet too large, QoS 1", "-V 5 -q 1 -t a -m 01234567890123456789")
            .against(Script.v5().on(CONNECT).send("20 08 00 00 05 27 00000014")));
    cases.add(
        Case.pub("packet as large as may be", "-V 5 -t a -m 01234567890123")
            .against(Script.v5().on(CONNECT).send("20 08 00 00 05 27 00000014")));
    cases.add(
        Case.pub("topic alias that the broker does not offer", "-D publish topic-alias 5 -t a -m x")
            .against(Script.v5().welcome()));
    cases.add(
        Case.sub("QoS above the maximum", "-V 5 -q 2 -t a -C 1 -W 2")
            .against(
                Script.v5()
                    .on(CONNECT)
                    .send("20 05 00 00 02 24 01")
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 01")
                    .message("a", "x", 1, false, Properties.NONE)));
    cases.add(
        Case.sub("packet too large", "-V 5 -t 0123456789012345678901234567890123456789 -W 1")
            .against(Script.v5().on(CONNECT).send("20 08 00 00 05 27 00000014")));
    cases.add(
        Case.rr("packet too large", "-t a -e b -m 01234567890123456789 -W 1")
            .against(
                Script.v5()
                    .on(CONNECT)
                    .send("20 08 00 00 05 27 00000014")
                    .on(SUBSCRIBE)
                    .send(SUBACK)));
    cases.add(
        Case.rr("SUBSCRIBE too large", "-t a -e 0123456789012345678901234 -m x -W 1")
            .against(Script.v5().on(CONNECT).send("20 08 00 00 05 27 00000014")));
    cases.add(
        Case.rr("session present though clean", "-t a -e b -m x -W 1")
            .against(Script.v5().on(CONNECT).send("20 03 01 00 00")));
    cases.add(
        Case.sub("session present though clean, -d", "-t a -d -i id -W 1")
            .against(Script.v3().on(CONNECT).send("20 02 01 00")));
    cases.add(
        Case.sub("session present", "-t a -c -d -i id -C 1 -W 1")
            .against(
                Script.v3()
                    .on(CONNECT)
                    .send("20 02 01 00")
                    .message("a", "kept", 1, false, Properties.NONE)
                    .on(PUBACK)));
  }

  private static String withWill(String line) {
    return "-t a -W 5 --will-topic w --will-payload gone --will-retain --will-qos 1 " + line;
  }

  private static void addReconnections(List<Case> cases) {
    cases.add(
        Case.sub("subscribes and unsubscribes again", "-t a -t c -U b -W 6")
            .against(
                Script.v3()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 00")
                    .on(UNSUBSCRIBE)
                    .send("b0 02 0002")
                    .close()
                    .nextConnection()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0003 00 00")
                    .on(UNSUBSCRIBE)
                    .send("b0 02 0004")
                    .close()
                    .nextConnection()
                    .on(CONNECT)
                    .send(REFUSED_V3)));
    cases.add(
        Case.sub("reset before CONNACK", "-t a -W 3")
            .against(
                Script.v3().on(CONNECT).reset().nextConnection().on(CONNECT).send(REFUSED_V3)));
    cases.add(
        Case.sub("closed at CONNECT for ever", "-t a -W 2")
            .against(Script.v3().on(CONNECT).close()));
    cases.add(
        Case.sub("closed at CONNECT in 5", "-t a -V 5 -E -W 3")
            .against(
                Script.v5()
                    .on(CONNECT)
                    .close()
                    .nextConnection()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send(SUBACK)));
    cases.add(
        Case.sub("-E -U", "-t a -E -U b -U c")
            .lastWordsMayBeLost()
            .against(Script.v3().welcome().on(SUBSCRIBE).send("90 03 0001 00")));
    cases.add(
        Case.sub("QoS 2 over two connections", "-t a -q 2 -c -i id -C 2 -W 6")
            .against(
                Script.v3()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 03 0001 02")
                    .message("a", "x", 2, false, Properties.NONE)
                    .on(PUBREC)
                    .close()
                    .nextConnection()
                    .on(CONNECT)
                    .send("20 02 01 00")
                    .on(SUBSCRIBE)
                    .send("90 03 0002 02")
                    .send("62 02 0007")
                    .on(PUBCOMP)
                    .message("a", "last")));
    cases.add(
        Case.sub("-C 1 leaves the rest to the broker", "-t a -q 1 -c -i id -C 1 -W 3")
            .lastWordsMayBeLost()
            .against(
                Script.v3()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 03 0001 01")
                    .send("32 06 0001 61 0001 78")
                    .send("32 06 0001 61 0002 79")
                    .send("32 06 0001 61 0003 7a")));
  }

  private static void addLineStreams(List<Case> cases) {
    cases.add(
        Case.pub("-l reconnects and is refused", "-t a -l -q 1 -i id")
            .input("1\n")
            .limitSeconds(6)
            .against(
                Script.v3()
                    .welcome()
                    .on(PUBLISH)
                    .close()
                    .nextConnection()
                    .on(CONNECT)
                    .send(REFUSED_V3)));
    cases.add(
        Case.pub("-l in 5 reconnects and is refused", "-V 5 -t a -l -q 1 -i id")
            .input("1\n")
            .against(
                Script.v5()
                    .welcome()
                    .on(PUBLISH)
                    .close()
                    .nextConnection()
                    .on(CONNECT)
                    .send(REFUSED_V5)));
    for (int code : new int[] {5, 6}) {
      cases.add(
          Case.pub("-l refused in 3.1.1 with " + code, "-t a -l")
              .input("1\n")
              .against(Script.v3().on(CONNECT).send("20 02 00 0" + code)));
    }
    cases.add(
        Case.pub("-l refused in 5", "-V 5 -t a -l")
            .input("1\n")
            .against(Script.v5().on(CONNECT).send("20 03 00 87 00")));
    cases.add(
        Case.pub("-l at PUBREL", "-t a -l -q 2 -c -i id")
            .input("1\n")
            .against(
                Script.v3()
                    .welcome()
                    .on(PUBLISH)
                    .send("50 02 0001")
                    .on(PUBREL)
                    .close()
                    .nextConnection()
                    .on(CONNECT)
                    .send("20 02 01 00")
                    .on(PUBREL)
                    .send("70 02 0001")));
    cases.add(
        Case.pub("-l with a topic alias reconnects", "-l -q 1 -t a -i id -D publish topic-alias 2")
            .input("1\n2\n")
            .against(
                Script.v5()
                    .welcome()
                    .on(PUBLISH)
                    .send("40 02 0001")
                    .on(PUBLISH)
                    .close()
                    .nextConnection()
                    .welcome()
                    .on(PUBLISH)
                    .send("40 02 0002")));
    cases.add(
        Case.pub("closed at the second message", "-t a -m x -q 1 --repeat 3")
            .against(Script.v3().welcome().on(PUBLISH).send("40 02 0001").on(PUBLISH).close()));
  }

  /** Packets that come when nobody expects them. */
  private static void addSurprises(List<Case> cases) {
    cases.add(
        Case.pub("PUBREC of another", "-t a -m x -q 1 -d -i id")
            .against(Script.v3().welcome().on(PUBLISH).send("50 02 0009").send("40 02 0001")));
    cases.add(
        Case.pub("PUBREC of another in 5", "-V 5 -t a -m x -q 2 -d -i id")
            .against(
                Script.v5()
                    .welcome()
                    .on(PUBLISH)
                    .send("50 02 0009")
                    .on(PUBREL)
                    .send("50 02 0001")
                    .on(PUBREL)
                    .send("70 02 0001")));
    cases.add(
        Case.pub("PUBACK of another, -d", "-t a -m x -q 1 -d -i id")
            .against(Script.v3().welcome().on(PUBLISH).send("40 02 0009 40 02 0001")));
    cases.add(
        Case.pub("PUBCOMP of another, -d", "-t a -m x -q 1 -d -i id")
            .against(Script.v3().welcome().on(PUBLISH).send("70 02 0009 40 02 0001")));
    cases.add(
        Case.pub("PUBCOMP without PUBREC", "-t a -m x -q 2 -d -i id")
            .limitSeconds(6)
            .against(Script.v3().welcome().on(PUBLISH).send("70 02 0001")));
    cases.add(
        Case.pub("PUBACK for QoS 2", "-t a -m x -q 2 -d -i id")
            .limitSeconds(6)
            .against(Script.v3().welcome().on(PUBLISH).send("40 02 0001")));
    for (String ack : new String[] {"50", "70"}) {
      cases.add(
          Case.pub("QoS 1 is answered with " + ack, "-t a -m x -q 1 -d -i id")
              .limitSeconds(6)
              .against(Script.v3().welcome().on(PUBLISH).send(ack + " 02 0001")));
    }
    cases.add(
        Case.pub("DISCONNECT in 3.1.1", "-t a -m x -q 1")
            .limitSeconds(6)
            .against(Script.v3().welcome().on(PUBLISH).send("e0 00")));
    cases.add(
        Case.pub("PUBREC twice", "-t a -m x -q 2 -d -i id")
            .lastWordsMayBeLost()
            .limitSeconds(6)
            .against(
                Script.v3()
                    .welcome()
                    .on(PUBLISH)
                    .send("50 02 0001")
                    .on(PUBREL)
                    .send("50 02 0001")
                    .on(PUBREL)
                    .send("70 02 0001")));
    cases.add(
        Case.pub("PUBCOMP with an error and a reason string", "-V 5 -t a -m x -q 2")
            .against(
                Script.v5()
                    .welcome()
                    .on(PUBLISH)
                    .send("50 02 0001")
                    .on(PUBREL)
                    .send("70 0a 0001 92 06 1f 0003 6e6f70")));
    cases.add(
        Case.pub("a message arrives", "-t a -m x -q 1 -d -i id")
            .against(
                Script.v3()
                    .welcome()
                    .on(PUBLISH)
                    .message("b", "y", 1, false, Properties.NONE)
                    .on(PUBACK)
                    .send("40 02 0001")));
    cases.add(
        Case.pub("a CONNACK more, -d", "-V 5 -t a -m x -q 1 -d -i id")
            .limitSeconds(6)
            .against(Script.v5().welcome().on(PUBLISH).send("20 03 00 00 00")));
    cases.add(
        Case.pub("PUBLISH instead of CONNACK", "-t a -m x")
            .limitSeconds(6)
            .against(Script.v3().on(CONNECT).message("a", "x")));
    cases.add(
        Case.pub("DISCONNECT instead of CONNACK", "-V 5 -t a -m x")
            .limitSeconds(6)
            .against(Script.v5().on(CONNECT).send("e0 01 87").close()));
    cases.add(
        Case.pub("AUTH instead of CONNACK", "-V 5 -t a -m x -d -i id")
            .limitSeconds(6)
            .against(Script.v5().on(CONNECT).send("f0 02 18 00")));
    cases.add(
        Case.sub("DISCONNECT instead of CONNACK", "-V 5 -t a -W 3")
            .limitSeconds(4)
            .against(
                Script.v5()
                    .on(CONNECT)
                    .send("e0 01 87")
                    .close()
                    .nextConnection()
                    .on(CONNECT)
                    .send(REFUSED_V5)));
    cases.add(
        Case.sub("PUBREL of another", "-t a -q 2 -d -i id -W 1")
            .against(Script.v3().welcome().on(SUBSCRIBE).send("90 03 0001 02").send("62 02 0009")));
    cases.add(
        Case.sub("-C 1 before SUBACK", "-t a -C 1 -v")
            .lastWordsMayBeLost()
            .against(
                Script.v3().welcome().on(SUBSCRIBE).message("a", "early").send("90 03 0001 00")));
    cases.add(
        Case.sub("two subscription identifiers", "-V 5 -t a -C 1 -W 2 -F '%S %p'")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send(SUBACK)
                    .send("30 09 0001 61 04 0b 05 0b 06 78")));
    cases.add(
        Case.sub("empty strings for properties", "-V 5 -t a -C 1 -W 2 -F '%C|%R|%D|%P|%p'")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send(SUBACK)
                    .send("30 13 0001 61 0e 03 0000 08 0000 09 0000 26 0000 0000")
                    .send("78")));
    cases.add(
        Case.sub("SUBACK of another", "-t a -E -W 1")
            .against(Script.v3().welcome().on(SUBSCRIBE).send("90 03 0009 00")));
    cases.add(
        Case.sub("UNSUBACK with an error", "-V 5 -t a -U b -W 1 -d -i id")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send(SUBACK)
                    .on(UNSUBSCRIBE)
                    .send("b0 04 0002 00 87")));
    cases.add(
        Case.sub("PUBLISH with QoS 2 and a code in PUBREL", "-V 5 -t a -q 2 -C 1 -W 2 -d -i id")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 02")
                    .message("a", "x", 2, false, Properties.NONE)
                    .on(PUBREC)
                    .send("62 03 0007 92")));
  }

  private static void addSurprisesOfRequests(List<Case> cases) {
    cases.add(Case.rr("no SUBACK", "-t a -e b -m x -W 1").against(Script.v5().welcome()));
    cases.add(
        Case.rr("PUBLISH before SUBACK", "-t a -e b -m x -W 2 -v")
            .against(Script.v5().welcome().on(SUBSCRIBE).message("b", "early")));
    cases.add(
        Case.rr("PUBREC with an error", "-t a -e b -m x -q 2 -W 1")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 02")
                    .on(PUBLISH)
                    .send("50 03 0002 87")));
    for (int qos = 1; qos < 3; qos++) {
      cases.add(
          Case.rr("answer of QoS " + qos + " -d", "-t a -e b -m x -q 2 -W 2 -d -i id")
              .against(
                  Script.v5()
                      .welcome()
                      .on(SUBSCRIBE)
                      .send("90 04 0001 00 02")
                      .on(PUBLISH)
                      .message("b", "y", qos, false, Properties.NONE)
                      .on(PUBREC)
                      .send("62 02 0007")));
    }
    String[][] nonsense = {
      {"AUTH", "f0 02 18 00"},
      {"PUBLISH of QoS 3", "36 05 0001 61 0001"},
      {"a CONNACK more", "20 03 00 00 00"},
      {"DISCONNECT with 0", "e0 00"},
    };
    for (String[] one : nonsense) {
      cases.add(
          Case.rr("broker sends " + one[0], "-t a -e b -m x -W 2")
              .against(Script.v5().welcome().on(SUBSCRIBE).send(one[1])));
    }
    cases.add(
        Case.rr("AUTH instead of CONNACK", "-t a -e b -m x -W 2")
            .against(Script.v5().on(CONNECT).send("f0 02 18 00")));
    cases.add(
        Case.rr("a retained answer and -d", "-t a -e b -m x -W 2 -v -d -i id")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send(SUBACK)
                    .on(PUBLISH)
                    .message("b", "kept", 0, true, Properties.NONE)));
  }

  /** Brokers that do not answer pings, or nothing but pings. */
  private static void addSilence(List<Case> cases) {
    cases.add(
        Case.pub("pings without answer", "-t a -m x -q 1 -k 5 -d -i id")
            .limitSeconds(20)
            .against(Script.v3().welcome()));
    cases.add(
        Case.rr("pings without answer", "-t a -e b -m x -k 5 -W 14")
            .limitSeconds(20)
            .against(Script.v5().welcome().on(SUBSCRIBE).send(SUBACK)));
    cases.add(
        Case.pub("pings while waiting for PUBACK", "-t a -m x -q 1 -k 5 -d -i id")
            .against(Script.v3().welcome().on(PINGREQ).send("d0 00").send("40 02 0001")));
    cases.add(
        Case.rr("pings while waiting for the answer", "-t a -e b -m x -k 5 -d -i id")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send(SUBACK)
                    .on(PINGREQ)
                    .send("d0 00")
                    .message("b", "y")));
    cases.add(
        Case.pub("server keep alive, pings", "-V 5 -t a -m x -q 1 -d -i id")
            .against(
                Script.v5()
                    .on(CONNECT)
                    .send("20 06 00 00 03 13 0005")
                    .on(PINGREQ)
                    .send("d0 00")
                    .send("40 02 0001")));
  }

  private static void addSignals(List<Case> cases) {
    for (String signal : new String[] {"TERM", "INT"}) {
      Script silent = Script.v3().on(CONNECT).signal();
      cases.add(
          Case.sub("SIG" + signal + " before CONNACK", "-t a").against(silent).signalled(signal));
      cases.add(
          Case.pub("SIG" + signal + " before CONNACK", "-t a -m x")
              .against(silent)
              .signalled(signal));
      cases.add(
          Case.rr("SIG" + signal + " before CONNACK", "-t a -e b -m x")
              .against(Script.v5().on(CONNECT).signal())
              .signalled(signal));
      cases.add(
          Case.rr("SIG" + signal + " after CONNACK", "-t a -e b -m x")
              .against(Script.v5().welcome().on(SUBSCRIBE).signal())
              .signalled(signal));
      cases.add(
          Case.sub("SIG" + signal + " while reconnecting", "-t a")
              .against(
                  Script.v3().welcome().on(SUBSCRIBE).close().nextConnection().on(CONNECT).signal())
              .signalled(signal));
      cases.add(
          Case.sub("SIG" + signal + " with a will in 5", "-V 5 -t a --will-topic w")
              .against(Script.v5().welcome().on(SUBSCRIBE).signal())
              .signalled(signal));
    }
  }
}

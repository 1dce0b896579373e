package dev.midge.differential;

import static dev.midge.differential.Messages.live;
import static dev.midge.differential.Messages.retained;
import static dev.midge.mqtt.packet.PacketType.CONNECT;
import static dev.midge.mqtt.packet.PacketType.PINGREQ;
import static dev.midge.mqtt.packet.PacketType.PUBLISH;
import static dev.midge.mqtt.packet.PacketType.SUBSCRIBE;

import java.util.ArrayList;
import java.util.List;

/** rr: section 15. */
final class RequestCases {
  private RequestCases() {}

  private static final String[] LINES = {
    "-m hello",
    "-m hello -V 31",
    "-m hello -V 311",
    "-m hello -q 1",
    "-m hello -q 2",
    "-m hello -q 2 -V 311",
    "-n",
    "-m ''",
    "-m hello -v",
    "-m hello -N",
    "-m hello -F '%t %p %l'",
    "-m hello -v -N",
    "-m hello -d -i {id}",
    "-m hello -d",
    "-m hello -i {id}",
    "-m hello -D publish content-type x -D publish correlation-data c",
    "-m hello -D publish user-property k v -V 311",
    "-m hello -D subscribe user-property k v",
    "-m hello -D disconnect user-property k v",
    "-m hello -R",
    "-m hello --retain-as-published",
    "-m hello -R -V 311",
    "-m hello --will-topic {t}/w --will-payload gone",
    "-m hello --quiet",
    "-s",
    "-f {dir}/payload",
    "-m '\u20ac \udcff'",
  };

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String line : LINES) {
      Case act =
          Case.rr(line, "-t {t}/q -e {t}/a -W 5 " + line)
              .file("payload", "from a file")
              .input("from stdin\n")
              .after(
                  s ->
                      s.answer("{t}/q", List.of(live("{t}/a", "answer"), live("{t}/a", "second"))));
      // With QoS 2 the acknowledgements of request and answer have no order.
      cases.add(line.contains("-q 2") ? act.inAnyOrder() : act);
    }
    cases.add(Case.rr("no answer", "-t {t}/q -e {t}/a -m x -W 1"));
    cases.add(Case.rr("no answer -V 311", "-t {t}/q -e {t}/a -m x -W 1 -V 311"));
    cases.add(Case.rr("no answer quietly", "-t {t}/q -e {t}/a -m x -W 1 --quiet"));
    cases.add(
        Case.rr("empty answer", "-t {t}/q -e {t}/a -m x -W 5 -v")
            .after(s -> s.answer("{t}/q", List.of(live("{t}/a", "")))));
    cases.add(
        Case.rr("QoS 2 answer", "-t {t}/q -e {t}/a -m x -W 5 -q 2")
            .after(s -> s.answer("{t}/q", List.of(live("{t}/a", "a", 2)))));
    cases.add(
        Case.rr("retained answer", "-t {t}/q -e {t}/a -m x -W 5 -F '%r %p'")
            .after(s -> s.publish(List.of(retained("{t}/a", "old")))));
    cases.add(Case.rr("wildcard answer topic is refused", "-t {t}/q -e {t}/+ -m x -W 5"));
    cases.add(Case.rr("no CONNACK", "-t a -e b -m x -W 1").against(Script.v5().on(PINGREQ)));
    for (int code : new int[] {0x80, 0x87, 0x8f}) {
      cases.add(
          Case.rr("SUBACK with " + code, "-t a -e b -m x -W 2")
              .against(
                  Script.v5()
                      .welcome()
                      .on(SUBSCRIBE)
                      .send("90 04 0001 00" + String.format("%02x", code))));
    }
    cases.add(
        Case.rr("SUBACK with failure in 3.1.1", "-V 311 -t a -e b -m x -W 2")
            .against(Script.v3().welcome().on(SUBSCRIBE).send("90 03 0001 80")));
    cases.add(
        Case.rr("PUBACK with an error", "-t a -e b -m x -q 1 -W 1")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 01")
                    .on(PUBLISH)
                    .send("40 03 0002 87")));
    cases.add(
        Case.rr("QoS above the maximum", "-t a -e b -m x -q 2 -W 1")
            .against(
                Script.v5()
                    .on(CONNECT)
                    .send("20 05 00 00 02 24 01")
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 01")));
    cases.add(
        Case.rr("closed at CONNECT", "-t a -e b -m x -W 2")
            .against(Script.v5().on(CONNECT).close()));
    cases.add(
        Case.rr("closed at SUBSCRIBE", "-t a -e b -m x -W 2")
            .against(Script.v5().welcome().on(SUBSCRIBE).close()));
    cases.add(
        Case.rr("closed at PUBLISH", "-t a -e b -m x -W 2")
            .against(
                Script.v5().welcome().on(SUBSCRIBE).send("90 04 0001 00 01").on(PUBLISH).close()));
    cases.add(
        Case.rr("DISCONNECT at PUBLISH", "-t a -e b -m x -W 2")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 01")
                    .on(PUBLISH)
                    .send("e0 01 8b")
                    .close()));
    cases.add(
        Case.rr("an answer on another topic", "-t a -e b -m x -W 2 -v")
            .against(
                Script.v5()
                    .welcome()
                    .on(SUBSCRIBE)
                    .send("90 04 0001 00 01")
                    .on(PUBLISH)
                    .message("elsewhere", "x")));
    return cases;
  }
}

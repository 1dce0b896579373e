package dev.midge.differential;

import static dev.midge.mqtt.packet.PacketType.CONNECT;

import java.util.ArrayList;
import java.util.List;

/** How a session begins: versions, ids, wills, properties, and brokers that say no. */
final class ConnectCases {
  private ConnectCases() {}

  /** Ends of command lines of pub, whose CONNECT is of interest. */
  private static final String[] LINES = {
    "-V 31",
    "-V mqttv31",
    "-V 311",
    "-V mqttv311",
    "-V 5",
    "-V mqttv5",
    "-V 5 -V 311",
    "-i {id}",
    "-i {id} -V 31",
    "-i {id} -V 5",
    "-i {id}\u00e9\u20ac",
    "-I {id}",
    "-I ''",
    "-I {id} -V 5",
    "-i {id}-that-is-longer-than-23-characters",
    "-i first -i {id}",
    "-i {id}-that-is-longer-than-23-characters -V 31",
    "-I first -I {id}",
    "-i {id} -c",
    "-i {id} -c -V 5",
    "-i {id} -c -x 7",
    "-i {id} -V 5 -x 10",
    "-V 5 -x 0",
    "-V 5 -x 0x10",
    "-V 5 -x 010",
    "-i {id} -V 5 -x 4294967295",
    "-i {id} -V 5 -x -1",
    "-i {id} -V 5 -x \u221e",
    "-i {id} -x 5 -V 311",
    "-V 5 -i {id} -x ' 7'",
    "-k 5",
    "-k 65535",
    "-k '  77xyz'",
    "-q '+1abc'",
    "-q abc",
    "-p {port}x",
    "-M 3 -q 1",
    "-u me",
    "-u me -P secret",
    "-u '' -P ''",
    "-u me -P ''",
    "-P secret -V 5",
    "-u \u00fcser -P p\u00e4ss",
    "-u me -P '\udcff\udcfe'",
    "-u me -u you",
    "--will-topic w",
    "--will-topic w --will-payload gone",
    "--will-topic w --will-qos 1",
    "--will-topic w --will-payload gone --will-qos 2 --will-retain",
    "--will-qos 1",
    "--will-topic w/\u00fc --will-payload \u20ac -V 31",
    "--will-topic w -V 5",
    "--will-topic w --will-payload ''",
    "--will-topic a --will-topic b",
    "--will-topic w -D will will-delay-interval 5 -D will content-type text/plain"
        + " -D will user-property k v -D will correlation-data abc",
    "--will-topic w -D will message-expiry-interval 7 -D will payload-format-indicator 1"
        + " -D will response-topic r",
    "-D will will-delay-interval 5",
    "--will-topic w -D will reason-string why",
    "-D connect receive-maximum 5",
    "-D connect session-expiry-interval 5",
    "-D connect user-property a b -D connect maximum-packet-size 1000 -D connect user-property a b",
    "-D connect topic-alias-maximum 10 -D connect request-problem-information 0",
    "-D connect request-response-information 1",
    "-D CONNECT Receive-Maximum 7",
    "-D connect authentication-method m -D connect authentication-data d",
    "-D connect user-property '' ''",
    "-D connect user-property \u00fc \u20ac",
    "-D connect session-expiry-interval 5 -x 6 -i {id}",
    "-x 6 -D connect session-expiry-interval 5",
    "-D disconnect session-expiry-interval 3 -V 5 -x 9 -i {id}",
    "-D disconnect reason-string bye -D disconnect user-property k v",
    "-D subscribe subscription-identifier 4 -D unsubscribe user-property k v",
    "-D connect receive-maximum 5 -V 311",
    "-D connect receive-maximum 0",
    "-D connect receive-maximum 5 -D connect receive-maximum 6",
    "-D connect maximum-packet-size 0",
    "-D connect request-problem-information 2",
    "-D connect authentication-data d",
    "-D publish topic-alias 0",
    "-D publish content-type a -D publish content-type b",
    "-D publish response-topic a/#",
    "-D publish content-type a -V 311",
    "-D disconnect reason-string a -D disconnect reason-string b",
    "--will-topic w -D will content-type a -D will content-type b",
    "--will-topic w -D will content-type a -V 311",
    "-D publish payload-format-indicator 2",
  };

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String line : LINES) {
      cases.add(Case.pub("connect " + line, "-t {t} -m x " + line));
    }
    addSubAndRr(cases);
    addRefusals(cases);
    addUnreachable(cases);
    addOptionFiles(cases);
    addUrls(cases);
    return cases;
  }

  private static void addSubAndRr(List<Case> cases) {
    for (String line :
        new String[] {
          "",
          "-V 31",
          "-V 5",
          "-V 5 -C 1 -i {id}",
          "-V 5 -C 19",
          "-V 5 -C 20",
          "-V 5 -C 21",
          "-V 5 -C 7 -D connect receive-maximum 9",
          "-i {id} -c",
          "-i {id} -c -V 5",
          "-i {id} -x 30 -V 5",
          "-i {id} -c -x 0 -V 5",
          "-I {id}",
          "-u me -P secret -k 30",
          "--will-topic w -V 5 -C 3",
        }) {
      cases.add(Case.sub("connect " + line, "-t {t} -E " + line));
    }
    for (String line :
        new String[] {
          "",
          "-V 31",
          "-V 311",
          "-D connect receive-maximum 9",
          "-i {id}",
          "-I {id}",
          "-k 9 -u me",
          "-i {id} -c -x 40"
        }) {
      cases.add(Case.rr("connect " + line, "-t {t}/q -e {t}/q -m x -W 5 " + line));
    }
  }

  private static void addRefusals(List<Case> cases) {
    for (int code : new int[] {1, 2, 3, 4, 5, 6, 255}) {
      Script script = Script.v3().on(CONNECT).send("20 02 00 " + hex(code));
      cases.add(Case.pub("refused in 3.1.1 with " + code, "-t a -m x").against(script));
      cases.add(Case.sub("refused in 3.1.1 with " + code, "-t a -W 5").against(script));
    }
    for (int code :
        new int[] {
          128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 140, 144, 149, 151, 153, 154, 155,
          156, 157, 159, 200
        }) {
      Script script = Script.v5().on(CONNECT).send("20 03 00 " + hex(code) + "00");
      cases.add(Case.pub("refused in 5 with " + code, "-V 5 -t a -m x").against(script));
      if (code % 4 == 0) {
        cases.add(Case.sub("refused in 5 with " + code, "-V 5 -t a -W 5").against(script));
        cases.add(Case.rr("refused in 5 with " + code, "-t a -e b -m x -W 5").against(script));
      }
    }
    cases.add(
        Case.pub("refused quietly", "-t a -m x --quiet")
            .against(Script.v3().on(CONNECT).send("20 02 00 05")));
    cases.add(
        Case.sub("refused quietly", "-t a --quiet -W 5")
            .against(Script.v3().on(CONNECT).send("20 02 00 05")));
    cases.add(
        Case.pub("refused with -d", "-t a -m x -d -i {id}")
            .against(Script.v3().on(CONNECT).send("20 02 00 05")));
    cases.add(
        Case.pub("refused with a reason string", "-V 5 -t a -m x")
            .against(Script.v5().on(CONNECT).send("20 08 00 87 05 1f 0002 6e6f")));
    cases.add(
        Case.pub("refused by a broker of 3.1.1 that was asked for 5", "-V 5 -t a -m x")
            .against(Script.v5().on(CONNECT).send("20 02 00 01")));
    cases.add(
        Case.rr("refused by a broker of 3.1.1 that was asked for 5", "-t a -e b -m x -W 5")
            .against(Script.v5().on(CONNECT).send("20 02 00 01")));
    cases.add(
        Case.rr("refused in 3.1.1 with 5", "-V 311 -t a -e b -m x -W 5")
            .against(Script.v3().on(CONNECT).send("20 02 00 05")));
  }

  private static void addUnreachable(List<Case> cases) {
    // Port 1 of the loopback: nobody listens there.
    for (String end : new String[] {"", " --quiet", " -d", " -V 5"}) {
      cases.add(Case.pub("nobody listens" + end, "-h 127.0.0.1 -p 1 -t a -m x" + end));
      cases.add(Case.sub("nobody listens" + end, "-h 127.0.0.1 -p 1 -t a" + end));
    }
    cases.add(Case.rr("nobody listens", "-h 127.0.0.1 -p 1 -t a -e b -m x"));
    cases.add(Case.pub("nobody listens -l", "-h 127.0.0.1 -p 1 -t a -l").input("x\n"));
    // A name with an empty label is wrong without asking anybody.
    cases.add(Case.pub("no such host", "-h a..b -t a -m x"));
    cases.add(Case.pub("no such host --quiet", "-h a..b -t a -m x --quiet"));
    cases.add(Case.sub("no such host", "-h a..b -t a"));
    cases.add(Case.rr("no such host", "-h a..b -t a -e b -m x"));
    cases.add(Case.pub("no such bind address", "-h 127.0.0.1 -A a..b -t a -m x"));
    cases.add(Case.pub("bind address of others", "-h 127.0.0.1 -A 192.0.2.1 -t a -m x"));
    cases.add(Case.pub("bind address", "-h 127.0.0.1 -A 127.0.0.1 -t {t} -m x"));
    cases.add(Case.pub("no such unix socket", "--unix {dir}/none -t a -m x"));
    cases.add(Case.sub("no such unix socket", "--unix {dir}/none -t a"));
    cases.add(Case.pub("port 0 without a socket", "-h {dir}/none -p 0 -t a -m x"));
    cases.add(Case.pub("host is empty", "-h '' -t {t} -m x"));
    cases.add(
        Case.pub("nobody at the proxy", "--proxy socks5h://127.0.0.1:1 -h 127.0.0.1 -t a -m x"));
    cases.add(Case.pub("the host is a name", "-h localhost -t {t} -m x"));
    cases.add(Case.pub("nodelay", "-h 127.0.0.1 --nodelay -t {t} -m x"));
  }

  private static void addOptionFiles(List<Case> cases) {
    cases.add(
        Case.pub("option file of XDG", "-m x")
            .environment("XDG_CONFIG_HOME", "{dir}")
            .file("mosquitto_pub", "# a comment\n\n-t file/topic  \n-q 1\r\n  -i from-file\n"));
    cases.add(
        Case.pub("option file at home", "-m x")
            .file(".config/mosquitto_pub", "-t home/topic\n-V 5\n-r"));
    cases.add(
        Case.pub("XDG is empty, home is not read", "-m x")
            .environment("XDG_CONFIG_HOME", "")
            .file(".config/mosquitto_pub", "-t home/topic\n"));
    cases.add(
        Case.sub("option file adds", "-t b -E")
            .environment("XDG_CONFIG_HOME", "{dir}")
            .file("mosquitto_sub", "-t a/1\n-t 'a 2'\n--qos 1\n"));
    cases.add(
        Case.sub("the command line wins", "-q 2 -E")
            .environment("XDG_CONFIG_HOME", "{dir}")
            .file("mosquitto_sub", "-t a\n-q 1\n"));
    cases.add(
        Case.rr("option file", "-m x -W 5")
            .environment("XDG_CONFIG_HOME", "{dir}")
            .file("mosquitto_rr", "-t f/q\n-e f/q\n"));
    String[][] contents = {
      {"conflict", "-m y\n"},
      {"properties", "-D publish content-type x\n"},
      {"text after a switch", "-d x\n"},
      {"unknown option", "--bogus\n"},
      {"missing argument", "-q\n"},
      {"bad value", "-q 7\n"},
      {"help", "--help\n"},
      {"verbatim argument", "-i  two  blanks \n"},
      {"tab", "\t-i x\n"},
      {"comment later", "-i a#b\n #-q 1\n"},
      {"stray word", "word\n"},
      {"id twice", "-I a\n-i b\n"},
    };
    for (String[] content : contents) {
      cases.add(
          Case.pub("option file with " + content[0], "-t a -m x")
              .environment("XDG_CONFIG_HOME", "{dir}")
              .file("mosquitto_pub", content[1]));
    }
    cases.add(
        Case.pub("option file is a directory", "-t a -m x")
            .environment("XDG_CONFIG_HOME", "/")
            .file("mosquitto_pub/x", ""));
  }

  private static void addUrls(List<Case> cases) {
    String[] urls = {
      "mqtt://127.0.0.1:{port}/a/topic",
      "MQTT://127.0.0.1:{port}/a",
      "mqtt://me@127.0.0.1:{port}/a",
      "mqtt://me:secret@127.0.0.1:{port}/a?b=c",
      "mqtt://me:a:b@127.0.0.1:{port}//a//b/",
      "mqtt://m%40e:s%3a@127.0.0.1:{port}/a%2Fb",
      "mqtt://:secret@127.0.0.1:{port}/a",
      "mqtt://@127.0.0.1:{port}/a",
      "mqtt://127.0.0.1:{port}x/a",
      "mqtt://127.0.0.1:99999/a",
    };
    for (String url : urls) {
      String line = url.contains("{port}") ? "-L " + url : "-p {port} -L " + url;
      cases.add(Case.pub("URL " + url, line + " -m x"));
    }
    cases.add(
        Case.pub(
            "URL and more", "-L mqtt://h@10.1.1.1:99/a -t b -u me -h 127.0.0.1 -p {port} -m x"));
    cases.add(Case.sub("URL and topics", "-t x -L mqtt://127.0.0.1:{port}/a/+ -t y -E"));
    cases.add(Case.rr("URL", "-L mqtt://127.0.0.1:{port}/u/q -e u/q -m x -W 5"));
  }

  private static String hex(int code) {
    return String.format("%02x ", code);
  }
}

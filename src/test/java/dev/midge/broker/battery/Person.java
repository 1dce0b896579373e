package dev.midge.broker.battery;

/**
 * Somebody who connects.
 *
 * @param name for the notes
 * @param username null for none
 * @param password null for none
 * @param certificate the common name of the client's certificate; null for none
 * @param base begins the topics that are used
 */
record Person(String name, String username, String password, String certificate, String base) {

  static Person anonymous(String base) {
    return new Person("anonymous", null, null, null, base);
  }

  static Person user(String username, String password, String base) {
    return new Person(username, username, password, null, base);
  }

  static Person certified(String commonName, String base) {
    return new Person("certified " + commonName, null, null, commonName, base);
  }

  Person named(String other) {
    return new Person(other, username, password, certificate, base);
  }
}

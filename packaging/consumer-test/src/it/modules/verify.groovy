String log = new File(basedir, 'build.log').text
assert log.count('received hello world') == 1
assert !log.contains('WARNING: A restricted method')
// once from the bindings, once from the client when they alone have it
assert log.readLines().count {
  it.contains('start it with --enable-native-access=io.github.rdkafka,io.github.rdkafka.bindings') && !it.contains('Caused')
} == 2

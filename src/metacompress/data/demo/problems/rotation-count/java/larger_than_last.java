import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class Main {
    /** Exactly the elements that were rotations to the front exceed the last one. */
    static long rotations(int[] data) {
        if (data.length == 0) return 0;
        int last = data[data.length - 1];
        return Arrays.stream(data).filter(d -> d > last).count();
    }

    static int[] parse(byte[] raw) {
        String[] words = new String(raw, StandardCharsets.US_ASCII).trim().split("\\s+");
        return Arrays.stream(words)
            .skip(1)
            .mapToInt(Integer::parseInt)
            .toArray();
    }

    public static void main(String[] args) throws Exception {
        System.out.println(rotations(parse(System.in.readAllBytes())));
    }
}

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class Main {

    // Lists the successive powers until one repeats, then skips whole cycles.
    static int powerByCycle(int residue, int wanted) {
        List<Integer> powers = new ArrayList<>();
        Map<Integer, Integer> firstSeen = new HashMap<>();
        int current = 1;
        while (!firstSeen.containsKey(current)) {
            firstSeen.put(current, powers.size());
            powers.add(current);
            if (powers.size() > wanted) {
                return powers.get(wanted);
            }
            current = (int) ((long) current * residue % 1000007);
        }
        int start = firstSeen.get(current);
        int length = powers.size() - start;
        return powers.get(start + (wanted - start) % length);
    }

    public static void main(String[] args) throws Exception {
        String input = new String(System.in.readAllBytes(), StandardCharsets.US_ASCII);
        String[] parts = input.strip().split(" ");
        int residue = Math.floorMod(Integer.parseInt(parts[0]), 1000007);
        System.out.println(powerByCycle(residue, Integer.parseInt(parts[1])));
    }
}

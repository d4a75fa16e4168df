import java.util.HashSet;
import java.util.Scanner;
import java.util.Set;

class Main {
    static int firstMissing(Set<Integer> seen) {
        int candidate = 1;
        while (seen.contains(candidate)) {
            candidate++;
        }
        return candidate;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < n; i++) {
            seen.add(in.nextInt());
        }
        System.out.println(firstMissing(seen));
    }
}

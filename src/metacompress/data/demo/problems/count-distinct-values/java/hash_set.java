import java.util.HashSet;
import java.util.Scanner;
import java.util.Set;

class Main {
    static int countDistinct(int[] values) {
        Set<Integer> unique = new HashSet<>();
        for (int value : values) {
            unique.add(value);
        }
        return unique.size();
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        int[] values = new int[n];
        for (int i = 0; i < n; i++) {
            values[i] = in.nextInt();
        }
        System.out.println(countDistinct(values));
    }
}

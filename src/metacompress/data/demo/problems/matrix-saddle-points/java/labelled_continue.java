import java.util.Scanner;

class Main {
    static int countSaddlePoints(long[][] a) {
        int found = 0;
        for (int i = 0; i < a.length; i++) {
            candidate:
            for (int j = 0; j < a[i].length; j++) {
                for (long other : a[i]) {
                    if (other < a[i][j]) continue candidate;
                }
                for (long[] line : a) {
                    if (line[j] > a[i][j]) continue candidate;
                }
                found++;
            }
        }
        return found;
    }

    public static void main(String[] args) {
        try (Scanner sc = new Scanner(System.in)) {
            long[][] a = new long[sc.nextInt()][sc.nextInt()];
            for (int i = 0; i < a.length; i++)
                for (int j = 0; j < a[i].length; j++)
                    a[i][j] = sc.nextLong();
            System.out.println(countSaddlePoints(a));
        }
    }
}
